/* The command queue of Google Analytics before GA4, as much of it as shows where it sends: our own code in that script's shape. */
(function () {
  var name = window.GoogleAnalyticsObject || 'ga';
  var queue = (window[name] && window[name].q) || [];
  var scheme = ("https:" == location.protocol ? "https:" : "http:");
  var fields = {};

  function isSecure() { return fields.forceSSL || "https:" == location.protocol; }
  function collector() { return (isSecure() ? "https:" : scheme) + "//www.google-analytics.com"; }

  function pairs(type, extra) {
    var all = Object.assign({
      v: 1, _v: 'j100', tid: fields.trackingId, cid: fields.clientId, t: type, dl: location.href.split('#')[0], dt: document.title,
      ul: (navigator.language || '').toLowerCase(), sr: screen.width + 'x' + screen.height, aip: 1
    }, extra);
    return Object.keys(all).filter(function (key) { return all[key] !== undefined; })
      .map(function (key) { return key + '=' + encodeURIComponent(all[key]); }).join('&');
  }

  function create(trackingId) {
    var known = /(?:^|; )_ga=GA1\.1\.(\d+\.\d+)/.exec(document.cookie);
    fields.trackingId = trackingId;
    fields.clientId = known ? known[1] : Math.floor(Math.random() * 2147483647) + '.' + Math.floor(Date.now() / 1000);
    document.cookie = '_ga=GA1.1.' + fields.clientId + '; path=/; max-age=63072000; samesite=lax';
  }

  function ask(url, obey) {
    var request = new XMLHttpRequest();
    request.open('POST', url, true);
    request.withCredentials = true;
    request.setRequestHeader('Content-Type', 'text/plain');
    request.onload = function () { obey(request.responseText); };
    request.send();
  }

  /* The answer begins with what to do next: 1 nothing, 2 ask DoubleClick; then g and a country's ending: show a pixel there as well. */
  function obey(verdict) {
    if (verdict.charAt(0) === '2') ask("https://stats.g.doubleclick.net/j/collect" + '?' + pairs('dc', { t: 'dc', _r: 3 }), obey);
    if (verdict.charAt(1) === 'g') new Image().src = "https://www.google.%/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4&".replace("%", verdict.slice(2) || "com") + pairs('sr', { t: 'sr' });
  }

  var commands = {
    create: create,
    set: function (field, value) { fields[field] = value; },
    send: function (type, category, action) {
      if (type === 'pageview') return ask(collector() + '/j/collect?' + pairs('pageview', { jid: 1, gjid: 1, _r: 1 }), obey);
      if (type === 'timing') { new Image().src = collector() + '/r/collect?' + pairs('timing', {}); return; }
      navigator.sendBeacon(collector() + '/collect', pairs('event', { ec: category, ea: action }));
    }
  };
  function run(command) { if (Object.prototype.hasOwnProperty.call(commands, command[0])) commands[command[0]].apply(null, [].slice.call(command, 1)); }

  window[name] = function () { run(arguments); };
  queue.forEach(run);
})();
