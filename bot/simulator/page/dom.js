// Small helpers to build elements, menus, dialogs and toasts. Text always goes in as text nodes.
import { t } from "./i18n.js";

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

const ICONS = {
  back: "M15 5l-7 7 7 7", more: "M12 5.5v.01M12 12v.01M12 18.5v.01", attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7",
  send: "M4 12l16-8-5 16-3.5-6.5z M11.5 13.5L20 4", close: "M6 6l12 12M18 6L6 18", down: "M6 9l6 6 6-6", keyboard: "M3 7h18v11H3z M7 11v.01M11 11v.01M15 11v.01M8 14.5h8",
  reply: "M10 6l-6 5 6 5v-3.2c5 0 8 1.2 10 4.7 0-5.5-3.5-8.5-10-8.5z", forward: "M14 6l6 5-6 5v-3.2c-5 0-8 1.2-10 4.7 0-5.5 3.5-8.5 10-8.5z",
  edit: "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z M13.5 7l3.5 3.5", trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5", copy: "M9 9h11v11H9z M15 9V4H4v11h5",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7", file: "M6 3h8l4 4v14H6z M14 3v4h4", image: "M4 5h16v14H4z M4 16l5-5 4 4 2.5-2.5L20 17 M15.5 9v.01", mic: "M9 4h6v9H9z M6 11a6 6 0 0 0 12 0M12 17v3",
  video: "M3 7h12v10H3z M15 11l6-3.5v9L15 13", circle: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M10.5 9l4.5 3-4.5 3z", place: "M12 21c-4-5-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2.5 6-6.5 11z M12 10v.01",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z M4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5", smile: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M9 10v.01M15 10v.01M8.5 14c1.5 2.5 5.5 2.5 7 0", poll: "M5 20V11M12 20V4M19 20v-6",
  block: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M6.5 6.5l11 11", restart: "M5 12a7 7 0 1 1 2.5 5.4M5 19v-4h4", plus: "M12 5v14M5 12h14", up: "M12 20V5M6 11l6-6 6 6", skip: "M5 6l8 6-8 6zM18 6v12", theme: "M12 4a8 8 0 1 0 0 16z M12 4a8 8 0 0 1 0 16",
  check: "M5 12.5l4.5 4.5L19 7", group: "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z M2.5 19c.7-3.5 3.2-5 6.5-5s5.8 1.5 6.5 5 M15.5 5.5a3.2 3.2 0 0 1 0 6M17.5 14.5c2 .6 3.5 2 4 4.5",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", name === "more" ? "icon icon-dots" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export const iconButton = (name, label, onclick, className = "") =>
  el("button", { type: "button", class: `icon-button ${className}`, "aria-label": label, title: label, onclick }, icon(name));

// Colour by id, so that a person looks the same everywhere.
export function avatar(name, id, className = "") {
  const initials = (name || "?").split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");
  return el("span", { class: `avatar hue-${Math.abs(Number(id) || 0) % 7} ${className}`, "aria-hidden": "true" }, initials);
}

// Bring `parent` to `items` ({key, stamp, make}) reusing nodes whose stamp has not changed:
// focus, opened spoilers and playing media survive an update of their neighbours.
export function reconcile(parent, items) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const focusedKey = focused && [...parent.children].find((node) => node.contains(focused))?.dataset.key;
  items.forEach(({ key, stamp, make }, index) => {
    let node = old.get(String(key));
    if (node && node.stamp === stamp) old.delete(String(key));
    else { node = make(); node.dataset.key = key; node.stamp = stamp; }
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  for (const node of old.values()) node.remove();
  if (focused && document.activeElement !== focused) {
    if (focused.isConnected) focused.focus({ preventScroll: true });
    else {
      const next = [...parent.children].find((node) => node.dataset.key === focusedKey);
      (next?.matches("button") ? next : next?.querySelector("button"))?.focus({ preventScroll: true });
    }
  }
}

// Arrow keys, Home and End move among the buttons of a list.
export function arrowKeys(container, selector) {
  container.addEventListener("keydown", (event) => {
    const buttons = [...container.querySelectorAll(selector)].filter((node) => !node.disabled);
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
}

let closeOpenMenu = null;
export const closeMenu = () => closeOpenMenu?.();

// items: {label, hint, icon, danger, checked, run} or {node}. Opens where it fits, closes by Esc, a tap outside or a choice.
export function openMenu(anchor, items, { label = "", at = null, className = "" } = {}) {
  closeMenu();
  const menu = el("div", { class: `menu ${className}`, role: "menu", "aria-label": label }, items.map((item) => item.node ?? el("button", {
    type: "button", class: item.danger ? "menu-item danger" : "menu-item", disabled: item.disabled,
    role: item.checked === undefined ? "menuitem" : "menuitemradio", "aria-checked": item.checked === undefined ? null : String(item.checked),
    onclick: () => { close(true); item.run(); },
  }, item.icon && icon(item.icon), item.avatar, el("span", { class: "menu-text" }, el("span", {}, item.label), item.hint && el("small", {}, item.hint)), item.checked && icon("check"))));
  document.body.append(menu);
  const place = at ? { left: at.x, right: at.x, top: at.y, bottom: at.y } : anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = place.left + width > innerWidth - 8 ? place.right - width : place.left;
  const top = place.bottom + 4 + height > innerHeight - 8 ? place.top - 4 - height : place.bottom + 4;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  arrowKeys(menu, "button");
  const outside = (event) => { if (!menu.contains(event.target)) close(false); };
  const keys = (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(true); }
    if (event.key === "Tab") close(true);
  };
  function close(refocus) {
    closeOpenMenu = null;
    menu.remove();
    removeEventListener("pointerdown", outside, true);
    removeEventListener("keydown", keys, true);
    if (refocus && anchor.isConnected) anchor.focus({ preventScroll: true });
  }
  closeOpenMenu = () => close(false);
  menu.addEventListener("done", () => close(true)); // sent by items given as nodes
  addEventListener("pointerdown", outside, true);
  addEventListener("keydown", keys, true);
  menu.querySelector("button")?.focus({ preventScroll: true });
}

// A modal dialog; resolves with the pressed button's value, or "" when closed by Esc or outside.
export function openDialog({ title, body = [], buttons, className = "", role = "dialog" }) {
  return new Promise((resolve) => {
    const form = el("form", { method: "dialog" }, title && el("h2", { id: "dialog-title" }, title), el("div", { class: "dialog-body" }, body),
      el("div", { class: "dialog-buttons" }, buttons.map((button) => el("button", { type: "submit", value: button.value, class: button.primary ? "primary" : "", formnovalidate: button.primary ? null : true }, button.label))));
    const dialog = el("dialog", { class: className, role, "aria-labelledby": title ? "dialog-title" : null }, form);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(""); });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue); });
    document.body.append(dialog);
    dialog.showModal();
    // The browser would focus the first field anyway; without fields the main button is the one wanted.
    if (!form.querySelector("input, textarea, select")) form.querySelector("button.primary")?.focus();
    // Enter in a field must mean "go on", not the first button in the row.
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); form.requestSubmit(form.querySelector("button.primary")); }
    });
  });
}

// fields: {name, label, type, value, required, accept, multiple}. Resolves with the values or null.
export async function formDialog(title, fields, submit, extra = []) {
  const inputs = fields.map((field) => {
    const tag = field.type === "textarea" ? "textarea" : "input";
    const input = el(tag, { name: field.name, type: tag === "input" ? field.type ?? "text" : null, required: field.required, step: field.type === "number" ? "any" : null, rows: tag === "textarea" ? 4 : null, value: field.type === "checkbox" ? null : field.value, checked: field.type === "checkbox" && field.value });
    return { field, input, row: el("label", { class: field.type === "checkbox" ? "check" : "field" }, field.type === "checkbox" ? [input, field.label] : [el("span", {}, field.label), input]) };
  });
  const answer = await openDialog({ title, body: [...extra, ...inputs.map(({ row }) => row)], buttons: [{ label: t("cancel"), value: "" }, { label: submit, value: "ok", primary: true }] });
  if (answer !== "ok") return null;
  return Object.fromEntries(inputs.map(({ field, input }) => [field.name, field.type === "checkbox" ? input.checked : field.type === "number" ? (input.value === "" ? null : Number(input.value)) : input.value.trim()]));
}

export function toast(text, className = "") {
  const node = el("div", { class: `toast ${className}` }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.classList.add("leaving"), 3700);
  setTimeout(() => node.remove(), 4000);
}

export const alertDialog = (text) => openDialog({ body: [el("p", { class: "alert-text" }, text)], buttons: [{ label: t("ok"), value: "ok", primary: true }], role: "alertdialog", className: "alert" });

export const confirmDialog = async (text, yes) => (await openDialog({ body: [el("p", {}, text)], buttons: [{ label: t("cancel"), value: "" }, { label: yes, value: "ok", primary: true }] })) === "ok";

export async function copyText(text) {
  try { await navigator.clipboard.writeText(text); } catch {
    // Clipboard API needs focus and permission; the old way works on a plain http page.
    const area = el("textarea", { value: text, class: "offscreen" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(t("copied"));
}
