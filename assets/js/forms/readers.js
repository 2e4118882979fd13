// How the fields of a form are read and written: by `data-field`, by name or by place.
// What opens doors is never among what is kept.
import * as Fields from "./fields.js";

const list = (value) => (value === undefined ? [] : [].concat(value));
const isSecret = (node) => node.type === "password" || node.type === "hidden" || node.type === "file";

// ---- by name: boxes of one name are a list

const collectNames = (form) => everything(form, (field) => !isSecret(field));

export function everything(form, isMeant = (_field) => true) {
  const fields = {};
  for (const field of form.elements) {
    if (!field.name || !isMeant(field)) continue;
    if (field.type === "checkbox") fields[field.name] = [...list(fields[field.name]), ...(field.checked ? [field.value] : [])];
    else fields[field.name] = field.value;
  }
  return fields;
}

export function applyNames(form, values) {
  for (const field of form.elements) {
    if (!field.name || isSecret(field) || !(field.name in values)) continue;
    if (field.type === "checkbox") field.checked = list(values[field.name]).includes(field.value);
    else field.value = values[field.name];
  }
  form.dispatchEvent(new CustomEvent("applied", { bubbles: true }));
}

// ---- every control by its place, for forms that are drawn the same for the same record

const controlsOf = (form) => [...form.elements].filter((field) => field.matches("input, select, textarea") && !isSecret(field));
const isTicked = ({ type }) => type === "checkbox" || type === "radio";
const collectControls = (form) => Object.fromEntries(controlsOf(form).map((field, n) => [field.id || `${n}`, isTicked(field) ? field.checked : field.value]));

function applyControls(form, values) {
  controlsOf(form).forEach((field, n) => {
    const value = values[field.id || `${n}`];
    if (value === undefined) return;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    if (field.matches("select")) field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// The ways in which a form says that it is read (`data-reads`).
export const READERS = {
  fields: { collect: (form) => Fields.collect(form, (node) => !isSecret(node)), apply: Fields.apply },
  names: { collect: collectNames, apply: applyNames },
  controls: { collect: collectControls, apply: applyControls },
};
