// Sends a usage file by its own request: it shows how far it is and does not depend on the live connection of the page.
export function attach(drop) {
  const input = drop.querySelector('input[type=file]');
  const progress = drop.querySelector('.drop-progress');
  const bar = progress.querySelector('progress');
  const status = progress.querySelector('[role=status]');
  const cancel = progress.querySelector('button');
  const alert = drop.querySelector('[role=alert]');
  let sending = null;

  const finish = sentence => {
    sending = null;
    progress.hidden = true;
    input.value = '';
    alert.textContent = sentence;
    alert.hidden = !sentence;
  };

  const problem = request => {
    try {
      return JSON.parse(request.responseText).detail;
    } catch {
      return null;
    }
  };

  const answered = request => {
    if (request.status === 200 && request.getResponseHeader('Content-Type')?.includes('json')) {
      Blazor.navigateTo(JSON.parse(request.responseText).page);
    } else if (request.status === 200 || request.status === 401) {
      finish('Your session has ended. Sign in again and repeat the upload.');
    } else {
      finish(problem(request) ?? `The server refused the file (${request.status}). Nothing was stored. Try again.`);
    }
  };

  const send = file => {
    if (sending) return;
    if (file.size > Number(drop.dataset.max)) {
      finish(`The file is larger than ${drop.dataset.maxText}. Split it into parts and import them one after the other.`);
      return;
    }
    finish('');
    progress.querySelector('.file-name').textContent = file.name;
    bar.value = 0;
    status.textContent = '0 %';
    progress.hidden = false;
    cancel.focus();

    const request = new XMLHttpRequest();
    sending = request;
    request.open('POST', drop.dataset.url);
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('RequestVerificationToken', drop.querySelector('input[name=__RequestVerificationToken]').value);
    request.upload.onprogress = e => {
      const percent = e.lengthComputable && e.total > 0 ? Math.floor(100 * e.loaded / e.total) : 0;
      bar.value = percent;
      status.textContent = percent < 100 ? `${percent} %` : 'Storing the file';
    };
    request.onload = () => answered(request);
    request.onerror = () => finish('The connection broke off. Nothing was stored. Check the network and try again.');
    request.onabort = () => finish('The upload was cancelled. Nothing was stored.');
    request.send(file);
  };

  const take = files => {
    if (files.length > 1) {
      finish('Choose one file at a time.');
    } else if (files.length === 1) {
      send(files[0]);
    }
  };

  input.addEventListener('change', () => take(input.files));
  cancel.addEventListener('click', () => sending?.abort());
  drop.addEventListener('dragover', e => {
    e.preventDefault();
    drop.classList.add('drop-over');
  });
  drop.addEventListener('dragleave', e => {
    if (!drop.contains(e.relatedTarget)) drop.classList.remove('drop-over');
  });
  drop.addEventListener('drop', e => {
    e.preventDefault();
    drop.classList.remove('drop-over');
    take(e.dataTransfer.files);
  });
}
