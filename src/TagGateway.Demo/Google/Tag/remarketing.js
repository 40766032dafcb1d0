/* Remarketing: lists by script, whose answer shows pixels of its own, by request, and by a frame for auctions. */
function remarket(account, label) {
  var pairs = adPairs({ label: label });
  var script = document.createElement('script');
  script.async = true;
  script.src = place(9) + '/' + account + '/?' + query(pairs);
  document.head.appendChild(script);
  send(place(68) + '/' + account + '/?' + query(pairs));
  if (label && document.body) addFrame(place(75) + '/' + account + '?' + query(pairs));
}
