// Moves between the cells of a table of tiers as in a spreadsheet. The page adds and removes tiers and says which cell comes next.
const rows = table => [...table.querySelectorAll('.tier')];

const go = (row, cell) => {
  const field = row?.querySelector(`[data-cell="${cell}"] input`) ?? row?.querySelector('input');
  field?.focus();
  field?.select();
  return Boolean(field);
};

const beside = (field, step) => {
  const fields = [...field.closest('.tier').querySelectorAll('input')];
  const next = fields[fields.indexOf(field) + step];
  next?.focus();
  next?.select();
  return Boolean(next);
};

const move = (table, event) => {
  const field = event.target;
  const row = field.closest('.tier');
  const place = rows(table).indexOf(row);
  const cell = field.closest('[data-cell]').dataset.cell;
  switch (event.key) {
    case 'ArrowUp': return go(rows(table)[place - 1], cell);
    case 'ArrowDown': return go(rows(table)[place + 1], cell);
    case 'ArrowLeft': return field.selectionStart === 0 && beside(field, -1);
    case 'ArrowRight': return field.selectionEnd === field.value.length && beside(field, 1);
    case 'Enter': return go(rows(table)[place + 1], cell);
    default: return false;
  }
};

export function attach(table) {
  table.addEventListener('keydown', event => {
    if (event.target.tagName !== 'INPUT' || !event.target.closest('[data-cell]')) {
      // On a button, Enter means the button.
      if (event.key === 'Enter') event.stopPropagation();
      return;
    }

    if (event.ctrlKey && event.key === 'Delete') {
      event.preventDefault();
      return;
    }

    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (move(table, event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter') {
      // The last tier: what was typed is told to the page before it is asked for another tier.
      event.preventDefault();
      event.target.blur();
    }
  }, true);
}

// The page may draw a field anew just after it has it focused: for a second it is looked after, unless he is in another field by then.
export function focus(table, row, cell) {
  let [looks, given] = [0, null];
  const look = () => {
    const active = document.activeElement;
    if (looks > 0 && active?.tagName === 'INPUT' && active !== given) return;
    const wanted = rows(table)[row]?.querySelector(`[data-cell="${cell}"] input`) ?? rows(table)[row]?.querySelector('input');
    if (wanted && wanted !== active) {
      wanted.focus();
      wanted.select();
    }

    given = wanted;
    looks += 1;
    if (looks < 20) setTimeout(look, 50);
  };
  look();
}
