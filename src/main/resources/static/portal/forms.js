// Saves fields as they are left, sends files with a word on how far they are, and sends a form once. Without script a
// form still goes; only files need it, because they are sent one by one.
(function () {
  'use strict';
  var page = document.querySelector('main');
  var toast = document.getElementById('toast');
  var csrf = {};
  var header = document.querySelector('meta[name="csrf-header"]');
  if (header) csrf[header.content] = document.querySelector('meta[name="csrf-token"]').content;
  var LARGE = 2.5 * 1024 * 1024, LONGEST = 3000;

  function say(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(function () { toast.hidden = true; }, 3500);
  }

  function answered(answer) {
    return answer.json().catch(function () { return {}; }).then(function (json) {
      if (!answer.ok) throw new Error(json.detail || '没有成功，请刷新本页再试。');
      return json;
    });
  }

  // ---- fields
  var form = document.getElementById('apply');
  var saving = Promise.resolve();
  function show(faults) {
    document.querySelectorAll('.field').forEach(function (field) {
      var says = faults[field.dataset.field] || '';
      field.classList.toggle('wrong', says !== '');
      var place = field.querySelector('.fault');
      place.textContent = says;
      place.hidden = says === '';
    });
  }
  function save(name, value) {
    var body = new URLSearchParams();
    body.set(name, value);
    saving = saving.then(function () {
      return fetch(page.dataset.fields, {method: 'POST', headers: csrf, body: body, credentials: 'same-origin'});
    }).then(answered).then(function (json) {
      form.elements.draft.value = json.draft;
      document.getElementById('kept').textContent = json.kept;
      show(json.faults);
    }).catch(function (error) { say(error.message || '网络不通，还没有存下。'); });
  }
  if (form && page.dataset.fields) {
    form.addEventListener('change', function (event) {
      var input = event.target;
      if (input.type === 'file') return;
      save(input.name, input.type === 'checkbox' && !input.checked ? '' : input.value);
    });
  }

  // ---- files: a large photo is made smaller before it travels
  function lighter(file) {
    if (file.size < LARGE || !/^image\//.test(file.type) || !window.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file, {imageOrientation: 'from-image'}).then(function (image) {
      var scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
      var canvas = document.createElement('canvas');
      canvas.width = Math.round(image.width * scale);
      canvas.height = Math.round(image.height * scale);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (done) {
        canvas.toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, 'image/jpeg', 0.85);
      });
    }).catch(function () { return file; });
  }
  document.querySelectorAll('input.file').forEach(function (input) {
    input.addEventListener('change', function () {
      var file = input.files[0];
      if (!file) return;
      var paper = input.closest('.paper');
      var value = paper.querySelector('.value');
      var fault = paper.querySelector('.fault');
      var before = value.textContent;
      fault.hidden = true;
      value.textContent = '正在上传';
      lighter(file).then(function (body) {
        var headers = Object.assign({'Content-Type': 'application/octet-stream'}, csrf);
        return fetch(page.dataset.papers + '?document=' + encodeURIComponent(paper.dataset.document),
          {method: 'POST', headers: headers, body: body, credentials: 'same-origin'});
      }).then(answered).then(function () {
        return saving;
      }).then(function () {
        try { sessionStorage.setItem('scrolled', String(window.scrollY)); } catch (refused) { /* private mode */ }
        location.reload();
      }).catch(function (error) {
        input.value = '';
        value.textContent = before;
        fault.textContent = error.message || '网络不通，请再试。';
        fault.hidden = false;
      });
    });
  });
  try {
    var scrolled = sessionStorage.getItem('scrolled');
    sessionStorage.removeItem('scrolled');
    if (scrolled) window.scrollTo(0, Number(scrolled));
  } catch (refused) { /* private mode */ }

  // ---- once
  document.querySelectorAll('form').forEach(function (one) {
    one.addEventListener('submit', function (event) {
      if (one.dataset.sent) { event.preventDefault(); return; }
      one.dataset.sent = 'yes';
    });
  });
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form').forEach(function (one) { delete one.dataset.sent; });
  });
})();
