// Holds manifests against the schemas of Kubernetes' API, of KEDA and of the Prometheus operator, as the npm packages
// kubernetes-models and @kubernetes-models/… have them.
//
// Job: { "manifests": [manifest, …] }. Prints for each one { "kind", "name", "problem" }; problem is null if it is valid.
import { readJob } from './job.mjs';

const PACKAGES = { 'keda.sh': '@kubernetes-models/keda', 'monitoring.coreos.com': '@kubernetes-models/prometheus-operator' };

/** The class of an API's kind; it knows the schema. */
async function typeOf({ apiVersion, kind }) {
  const group = apiVersion.split('/')[0];
  const module = await import(`${PACKAGES[group] ?? 'kubernetes-models'}/${apiVersion}`);
  if (!module[kind]) {
    throw new Error(`there is no ${kind} in ${apiVersion}`);
  }
  return module[kind];
}

const { manifests } = await readJob();
for (const manifest of manifests) {
  let problem = null;
  try {
    const Type = await typeOf(manifest);
    new Type(manifest).validate();
  } catch (e) {
    problem = e.message;
  }
  console.log(JSON.stringify({ kind: manifest.kind, name: manifest.metadata?.name ?? null, problem }));
}
