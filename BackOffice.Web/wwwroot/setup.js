// Shows the first invoice number while its format is typed. The server checks the format again.
(() => {
  const input = document.getElementById('input-numberformat');
  const example = document.querySelector('[data-number-example]');
  const show = () => {
    const counters = input.value.match(/\{seq:[1-9]\}/g) ?? [];
    example.textContent = counters.length === 1
      ? input.value.trim().replace('{yyyy}', new Date().getFullYear()).replace(/\{seq:([1-9])\}/, (_, width) => '1'.padStart(Number(width), '0'))
      : '– (one counter such as {seq:6} is needed)';
  };
  input.addEventListener('input', show);
  show();
})();
