/* A form that no script has had so far: the host in a template literal. */
addEventListener('load', function () { send(`https://${geo['4'] || 'www'}.google-analytics.com/g/collect?v=2&en=unknown_form&tid=${id}`); });
