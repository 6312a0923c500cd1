// What WeChat's own script is to pages: it listens only to a page that was signed with the app's ticket.
(function () {
  'use strict';
  var told = null, ready = [], failed = [];
  function settle(answer) {
    told = answer;
    (answer.errMsg === 'config:ok' ? ready : failed).splice(0).forEach(function (one) { one(answer); });
  }
  window.wx = {
    config: function (asked) {
      fetch('/sandbox/api/jssdk', {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({
          appId: asked.appId, timestamp: String(asked.timestamp), nonceStr: asked.nonceStr,
          signature: asked.signature, url: location.href.split('#')[0]
        })
      }).then(function (answer) { return answer.json(); }).then(settle);
    },
    ready: function (work) { if (told && told.errMsg === 'config:ok') work(told); else ready.push(work); },
    error: function (work) { if (told && told.errMsg !== 'config:ok') work(told); else failed.push(work); },
    scanQRCode: function (asked) {
      if (!told || told.errMsg !== 'config:ok') return;
      var code = window.prompt('扫到的条码');
      if (code) asked.success({errMsg: 'scanQRCode:ok', resultStr: 'CODE_128,' + code});
    }
  };
})();
