// Inside WeCom a number is scanned instead of typed: the button shows when the client listens, and not before.
(function () {
  'use strict';
  var place = document.getElementById('sdk');
  if (!place) return;
  var script = document.createElement('script');
  script.src = place.dataset.script;
  script.onload = function () {
    var wx = window.wx;
    if (!wx) return;
    wx.config({
      beta: true,
      debug: false,
      appId: place.dataset.app,
      timestamp: Number(place.dataset.timestamp),
      nonceStr: place.dataset.nonce,
      signature: place.dataset.signature,
      jsApiList: ['scanQRCode']
    });
    wx.ready(function () { place.hidden = false; });
    wx.error(function () { place.hidden = true; });
  };
  document.head.appendChild(script);
  place.querySelector('button').addEventListener('click', function () {
    window.wx.scanQRCode({
      needResult: 1,
      scanType: ['barCode', 'qrCode'],
      success: function (found) {
        // A bar code comes as its kind, a comma and the number.
        document.getElementById(place.dataset.fills).value = String(found.resultStr).split(',').pop().trim();
      }
    });
  });
})();
