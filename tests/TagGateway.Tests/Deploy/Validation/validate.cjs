// Holds Kubernetes objects (a JSON array on standard input) to the schemas of Kubernetes and the Gateway API. One line a mistake.
// An unknown field is a mistake too. The schemas let it pass, but never look at it: so every field looked at is noted.

const packages = { "gateway.networking.k8s.io": "@kubernetes-models/gateway-api/gateway.networking.k8s.io" };

const modelOf = ({ apiVersion, kind }) => {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const folder = packages[group] ?? ["kubernetes-models", group].filter(Boolean).join("/");
  return require(`${folder}/${version}/${kind}`)[kind];
};

const watched = (value, path, unseen) => {
  if (value === null || typeof value !== "object") return value;
  const inner = Array.isArray(value) ? [] : {};
  for (const key of Object.keys(value)) {
    if (!Array.isArray(value)) unseen.add(`${path}.${key}`);
    inner[key] = watched(value[key], `${path}.${key}`, unseen);
  }
  return new Proxy(inner, {
    get(target, key) {
      unseen.delete(`${path}.${String(key)}`);
      return target[key];
    },
  });
};

const mistakesOf = (object) => {
  const model = modelOf(object);
  const unseen = new Set();
  try {
    const instance = new model();
    for (const key of Object.keys(object)) instance[key] = watched(object[key], key, unseen);
    instance.validate();
    return [...unseen].map((path) => `${path}: unknown field`);
  } catch (error) {
    return error.message.split("\n");
  }
};

const objects = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
for (const object of objects) {
  for (const mistake of mistakesOf(object)) {
    console.log(`${object.kind} ${object.metadata?.name}: ${mistake}`);
    process.exitCode = 1;
  }
}
