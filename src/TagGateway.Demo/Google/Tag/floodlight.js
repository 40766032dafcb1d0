/* Floodlight: the first-party form, and with all of it the advertiser's own frame and image. */
function floodlight(sendTo, fields) {
  var advertiser = { src: sendTo.split('/')[0].replace(/^DC-/, ''), type: sendTo.split('/')[1] || '', cat: (sendTo.split('/')[2] || '').split('+')[0] };
  var matrix = Object.keys(advertiser).map(function (key) { return ';' + key + '=' + encodeURIComponent(advertiser[key]); }).join('');
  matrix += ';ord=' + encodeURIComponent(fields.transaction_id || Math.floor(Math.random() * 1e13)) + ';gtm=' + gtmLong + '?';
  send(firstParty ? base + '/ddm/activity' + matrix : place(2) + matrix.slice(1), undefined, 'GET');
  if (!sendsAll) return;
  addFrame(advertiserFrame(advertiser) + matrix.slice(1));
  showPixel(place(1) + matrix.slice(1));
}
