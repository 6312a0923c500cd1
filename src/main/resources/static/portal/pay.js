// The pay button inside WeChat, the QR code's countdown, and the wait for the money. Without script the page
// still shows everything; only paying inside WeChat needs it, because WeChat offers no other way.
(function () {
  'use strict';
  var page = document.querySelector('[data-pay]');
  if (!page) return;
  var toast = document.getElementById('toast');
  var button = document.getElementById('pay');
  var stateAt = page.dataset.state;
  var csrf = {};
  var header = document.querySelector('meta[name="csrf-header"]');
  if (header) csrf[header.content] = document.querySelector('meta[name="csrf-token"]').content;

  function say(text) {
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(function () { toast.hidden = true; }, 3000);
  }

  function whenBridged(then) {
    if (window.WeixinJSBridge) then();
    else document.addEventListener('WeixinJSBridgeReady', then, {once: true});
  }

  function pay() {
    button.disabled = true;
    var chosen = document.querySelector('input[name="amount"]:checked');
    var body = new URLSearchParams();
    if (chosen) body.set('amount', chosen.value);
    fetch(page.dataset.pay, {method: 'POST', headers: csrf, body: body, credentials: 'same-origin'})
      .then(function (answer) {
        return answer.json().then(function (json) {
          if (!answer.ok) throw new Error(json.detail || '暂时不能支付，请稍后再试');
          return json;
        });
      })
      .then(function (order) {
        whenBridged(function () {
          window.WeixinJSBridge.invoke('getBrandWCPayRequest', order, function (result) {
            button.disabled = false;
            // What the phone says is no proof of payment: the page waits until the server knows.
            if (result.err_msg === 'get_brand_wcpay_request:ok') location.replace(page.dataset.confirming);
            else if (result.err_msg === 'get_brand_wcpay_request:cancel') say('已取消支付');
            else say('支付未完成，请稍后再试');
          });
        });
      })
      .catch(function (error) {
        button.disabled = false;
        say(error.message || '网络不通，请稍后再试');
      });
  }
  if (button) button.addEventListener('click', pay);

  var left = document.getElementById('left');
  if (left) {
    var until = Date.now() + Number(left.dataset.seconds) * 1000;
    var ticking = setInterval(function () {
      var seconds = Math.max(0, Math.round((until - Date.now()) / 1000));
      var minutes = Math.floor(seconds / 60);
      left.textContent = Math.floor(minutes / 60) + ':' + String(minutes % 60).padStart(2, '0') + ':' + String(seconds % 60).padStart(2, '0');
      if (seconds === 0) { clearInterval(ticking); location.reload(); }
    }, 1000);
  }

  if (stateAt) {
    var asked = 0;
    (function ask() {
      // Quick at first, because money mostly arrives within seconds; then less and less often.
      var wait = asked < 10 ? 1500 : asked < 40 ? 4000 : 15000;
      if (asked++ > 400) return;
      setTimeout(function () {
        fetch(stateAt, {credentials: 'same-origin', headers: {Accept: 'application/json'}})
          .then(function (answer) { return answer.ok ? answer.json() : {}; })
          .then(function (now) {
            if (now.state && now.state !== page.dataset.known) location.replace(page.dataset.done || location.href);
            else ask();
          })
          .catch(ask);
      }, wait);
    })();
  }
})();
