/* Addresses as releases to mid 2025 write them: compiled in, in either kind of quotes, some without a scheme. Nothing of a gateway is known. */
function firstPartyKnown() { return false; }
function isServedFirstParty() { return false; }
function releaseCode() { return "release code"; }

var hosts = {};
hosts.script="www.googletagmanager.com";
hosts.diagnostics='www.googletagmanager.com';
hosts.advertising = document.location ? "www.googleadservices.com" : "";
var scheme = ("https:" == location.protocol ? "https:" : "http:");

/* By Google's own numbers of its endpoints. */
var places = {
  1: 'https://ad.doubleclick.net/activity;',
  2: 'https://ade.googlesyndication.com/ddm/activity/',
  5: "https://" + hosts.advertising + "/pagead/conversion",
  8: 'https://www.google.com/pagead/1p-conversion',
  9: "https://googleads.g.doubleclick.net/pagead/viewthroughconversion",
  11: "https://google.com/pagead/form-data",
  19: "https://stats.g.doubleclick.net/g/collect",
  20: "https://www.merchant-center-analytics.goog/mc/collect",
  21: 'https://www.google.com/ccm/form-data',
  22: "https://www.googleadservices.com/ccm/conversion",
  36: "https://adservice.google.com/pagead/regclk",
  45: "https://www.google.com/ccm/collect",
  51: "https://www.google.com/travel/flights/click/conversion",
  54: "https://www.google.com/measurement/conversion",
  55: "https://pagead2.googlesyndication.com/measurement/conversion",
  57: 'https://www.googleadservices.com/pagead/set_partitioned_cookie',
  58: "https://www.google.com/pagead/set_partitioned_cookie",
  66: "https://www.google.com/pagead/uconversion",
  67: "https://www.google.com/g/collect",
  68: "https://www.google.com/rmkt/collect",
  69: 'https://ad.doubleclick.net/ccm/s/collect',
  75: "https://td.doubleclick.net/td/rul",
  76: "https://www.google.com/ccm/geo",
  77: "//pagead2.googlesyndication.com/pagead/gen_204"
};
function place(number) { return places[number]; }

function scriptUrl(path) { return "https://" + hosts.script + path; }
function diagnosticsUrl(path) { return path === '/a' ? "//www.googletagmanager.com/a?id=" : scheme + "//" + hosts.diagnostics + path + "?id="; }
function propertyUrl(path) { return geo['4'] ? "https://" + geo['4'] + ".google-analytics.com/" + path : scheme + "//www.google-analytics.com" + "/" + path; }
function signalsUrl(path) { var region = geo['4']; return "https://" + (region ? region + "." : "") + "analytics.google.com/" + path; }
function joinUrl() { return 'https://www.google-analytics.com/g/s/collect'; }
function audiencesUrl(domain) { return domain && domain !== "google.com" ? "https://www.%/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4".replace("%", domain) : "https://www.google.com/ads/ga-audiences?v=1&t=sr&slf_rd=1&_r=4"; }
function advertiserFrame(advertiser) { return "https://" + advertiser.src + ".fls.doubleclick.net/activityi;"; }
function workerUrl(version) { return 'https://www.googletagmanager.com/static/service_worker/' + version + '/'; }
