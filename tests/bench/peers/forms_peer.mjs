// The reference engine of the ODK web client taking the steps of `bench_forms`; run in a folder with its packages.
// Arguments: the XForm, the steps (JSON), how often to load, how often to take the steps. Prints one line of JSON;
// times are in milliseconds.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const [formFile, stepsFile, loads, rounds] = process.argv.slice(2);

// The package is made for browsers, and its grammar for a module of the old kind.
const { window } = new JSDOM("", { url: "http://localhost/" });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) globalThis[name] = window[name];
}
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = import.meta.dirname;
const { loadForm } = await import("@getodk/xforms-engine");

const form = readFileSync(formFile, "utf8");
const steps = JSON.parse(readFileSync(stepsFile, "utf8"));

async function load() {
  const begun = performance.now();
  // Files that belong to the form are not at hand, here as there.
  const nothing = async () => new Response(null, { status: 404 });
  const loaded = await loadForm(form, { fetchFormAttachment: nothing, missingResourceBehavior: "BLANK" });
  if (loaded.status === "failure") throw loaded.error;
  const { root } = loaded.createInstance();
  const ready = performance.now();
  shown(firstQuestion(root));
  return { loaded, root, load: ready - begun, first: performance.now() - begun };
}

function* nodesOf(node) {
  yield node;
  for (const child of node.currentState.children ?? []) yield* nodesOf(child);
}

function firstQuestion(root) {
  for (const node of nodesOf(root)) {
    if (node.currentState.relevant && node.definition.bodyElement && !node.currentState.children) return node;
  }
}

function shown(node) {
  const { label, hint, value, required, readonly, valueOptions } = node.currentState;
  const options = (valueOptions ?? []).map((option) => [option.value, option.label?.asString]);
  return [label?.asString, hint?.asString, value, required, readonly, options];
}

function answer(node, { value, kind }) {
  if (node.nodeType === "select") node.selectValues(value.split(" "));
  else if (node.nodeType === "rank") node.setValues(value.split(" "));
  else if (node.nodeType === "trigger") node.setValue(value === "OK");
  else if (node.nodeType === "range") node.setValue(Number(value));
  else node.setValue(value);
}

// Nodes by reference; looked for again only when something repeats, and never while time is taken.
const known = new Map();
function found(root, path) {
  if (!known.has(path)) for (const node of nodesOf(root)) known.set(node.currentState.reference, node);
  return known.get(path);
}

const loaded = [];
for (let time = 0; time < Number(loads); time += 1) loaded.push(await load());

let root;
let refused;
const settled = [];
for (let round = 0; round < Number(rounds); round += 1) {
  ({ root } = round ? loaded.at(-1).loaded.createInstance() : loaded.at(-1));
  refused = [];
  known.clear();
  for (const step of steps) {
    const node = found(root, step.path);
    try {
      const begun = performance.now();
      if (step.kind === "add") node.addInstances(node.currentState.children.length - 1);
      else answer(node, step);
      if (step.kind === "add") known.clear();
      else settled.push(performance.now() - begun);
    } catch (error) {
      refused.push([step.path, String(error)]);
    }
  }
}

const begun = performance.now();
const violations = root.validationState.violations.map((violation) => violation.reference);
const payload = await root.prepareInstancePayload();
const finalised = performance.now() - begun;
const instance = await payload.data[0].get("xml_submission_file").text();

console.log(
  JSON.stringify({
    load_ms: loaded.map((one) => one.load),
    first_screen_ms: loaded.map((one) => one.first),
    settle_ms: settled,
    finalise_ms: finalised,
    refused,
    violations,
    instance,
  }),
);
