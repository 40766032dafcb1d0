/* Once a day: can Google's own host be reached? */
var probe = { state: 0 };
function probeGoogle() {
  if (!firstParty || !synthetic.healthProbe) return;
  var store = {};
  try { store = JSON.parse(localStorage.getItem('_gcl_ls') || '{}'); } catch (e) { /* no storage, no memory */ }
  var known = store.gtg_load_status;
  if (known && Date.now() - known.at < 86400000) { probe.state = known.value; return; }
  probe.state = 1;
  function finish(value) {
    if (probe.state !== 1) return;
    probe.state = value;
    store.gtg_load_status = { value: value, at: Date.now() };
    try { localStorage.setItem('_gcl_ls', JSON.stringify(store)); } catch (e) { /* as above */ }
  }
  var script = document.createElement('script');
  script.async = true;
  script.onload = function () { finish(2); };
  script.onerror = function () { finish(3); };
  script.src = scriptUrl(isContainer ? "/gtm.js" : "/gtag/js") + '?id=' + id + '&gtg_health=1';
  document.head.appendChild(script);
  setTimeout(function () { finish(3); }, +tunable('61') || 1000);
}
