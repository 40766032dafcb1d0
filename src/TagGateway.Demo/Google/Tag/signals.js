/* Google signals, and what joins a first-party visit with Google's own. */
function usesSignals(settings) { return synthetic.signals && settings.allow_google_signals !== false && allowed('ad_storage'); }

function sendSignals(state) {
  if (!sendsAll || !navigator.sendBeacon) return;
  var signals = usesSignals(state.settings);
  if (firstParty) navigator.sendBeacon(joinUrl(signals) + '?gsid=' + state.join);
  if (!allowed('ad_storage') || !(signals || firstParty)) return;
  navigator.sendBeacon(place(19) + '?v=2&tid=' + id + '&cid=' + shared.client + '&gtm=' + gtmLong + '&aip=1');
  var pixel = audiencesUrl(googleDomain) + '&tid=' + id + '&cid=' + shared.client + '&gtm=' + gtmLong;
  // The blob names the visitor's Google too; in the common case that says nothing new.
  if (geo['3'] && geo['3'] !== "google.com") pixel += '&dom=' + geo['3'];
  showPixel(pixel);
}

/* A purchase that counts in Google Ads as well. */
function sendKeyEvent(settings, pairs) {
  if (!usesSignals(settings) && !(synthetic.signals && !allowed('ad_storage'))) return;
  var granted = allowed('ad_storage');
  var url = geo['4'] ? (granted ? signalsUrl : propertyUrl)('measurement/conversion')
    : firstParty ? base + (granted ? '/g' : '/gs') + '/measurement/conversion'
    : place(granted ? 54 : 55);
  send(url + '/?' + query(merge({ tid: id, cid: shared.client, gtm: gtmLong }, pairs)));
}
