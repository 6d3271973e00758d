// What a person sends: text, reply keyboard, commands, attachments.
import { get } from "./api.js";
import { el, formDialog, icon, iconButton, openDialog, openMenu } from "./dom.js";
import { t } from "./i18n.js";
import { summary } from "./messages.js";

const TURKISTAN = { lat: 43.30, lon: 68.27 };
const STICKERS = ["👍", "🙂", "🤝", "🙏", "🎉", "❤️", "😢", "🤔", "👏", "✅"];
const MB = 1024 * 1024;
const INLINE_WAIT = 300; // ms without a key before the bot is asked
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// hooks: {act(action, fields, files), person(), view(), started(), blocked(), start(), unblock(), isGroup(), botHere(), draftKey(), botName()}
export function createComposer(root, hooks) {
  const drafts = new Map();
  let reply = null, editing = null;
  let keyboardOpen = true, keyboardStamp = "";
  let draftOf = null, drawn = "", inline = null;

  const textarea = el("textarea", { rows: 1, autocomplete: "off", enterkeyhint: "send" });
  const suggestions = el("div", { class: "suggestions", role: "listbox", hidden: true });
  const context = el("div", { class: "composer-context", hidden: true });
  const keyboard = el("div", { class: "reply-keyboard", role: "group", hidden: true });
  const bar = el("form", { class: "composer" });
  const gate = el("button", { type: "button", class: "gate", hidden: true });

  bar.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  textarea.addEventListener("input", () => { grow(); suggest(); });
  textarea.addEventListener("keydown", onKey);
  textarea.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) { event.preventDefault(); offerFiles(files); }
  });
  gate.addEventListener("click", () => (hooks.blocked() ? hooks.unblock() : hooks.start()));

  function update() {
    if (draftOf !== hooks.draftKey()) {
      if (draftOf) drafts.set(draftOf, textarea.value);
      draftOf = hooks.draftKey();
      textarea.value = drafts.get(draftOf) ?? "";
      reply = editing = null;
      keyboardStamp = "";
    }
    if (drawn !== document.documentElement.lang) {
      drawn = document.documentElement.lang;
      build();
    }
    const closed = !hooks.isGroup() && (!hooks.started() || hooks.blocked());
    gate.hidden = !closed;
    gate.textContent = hooks.blocked() ? t("unblock") : t("start");
    bar.hidden = closed;
    drawContext();
    drawKeyboard(closed);
    grow();
    suggest();
  }

  let commandButton, keyboardButton;

  function build() {
    textarea.setAttribute("aria-label", t("placeholder"));
    suggestions.setAttribute("aria-label", t("commands"));
    keyboard.setAttribute("aria-label", t("replyKeyboard"));
    const attach = iconButton("attach", t("attach"), (event) => attachMenu(event.currentTarget));
    attach.setAttribute("aria-haspopup", "menu");
    commandButton = el("button", { type: "button", class: "icon-button slash", "aria-label": t("commands"), title: t("commands"), "aria-haspopup": "menu", onclick: (event) => commandMenu(event.currentTarget) }, "/");
    keyboardButton = iconButton("keyboard", t("keyboardShow"), () => { keyboardOpen = !keyboardOpen; update(); });
    bar.replaceChildren(attach, textarea, commandButton, keyboardButton, el("button", { type: "submit", class: "icon-button send", "aria-label": t("send"), title: t("send") }, icon("send")));
    root.replaceChildren(context, suggestions, bar, gate, keyboard);
  }

  function drawContext() {
    const about = editing ?? reply;
    context.hidden = !about;
    if (!about) return;
    const heading = editing ? t("editing") : t("replyTo", { name: reply.outgoing ? t("you") : reply.sender?.name ?? "" });
    context.replaceChildren(icon(editing ? "edit" : "reply"), el("div", {}, el("b", {}, heading), el("div", { class: "one-line" }, summary(about))), iconButton("close", t("cancel"), cancel));
  }

  function cancel() {
    if (editing) textarea.value = "";
    reply = editing = null;
    update();
    textarea.focus();
  }

  function drawKeyboard(closed) {
    const markup = hooks.view()?.reply_keyboard;
    const rows = markup?.keyboard ?? [];
    const stamp = JSON.stringify(markup ?? null);
    // A new keyboard from the bot opens by itself, as on a phone.
    if (stamp !== keyboardStamp) { keyboardStamp = stamp; keyboardOpen = true; }
    keyboard.hidden = closed || !rows.length || !keyboardOpen;
    keyboardButton.hidden = !rows.length;
    keyboardButton.setAttribute("aria-expanded", String(!keyboard.hidden));
    keyboardButton.setAttribute("aria-label", t(keyboard.hidden ? "keyboardShow" : "keyboardHide"));
    keyboardButton.title = keyboardButton.getAttribute("aria-label");
    commandButton.hidden = !hooks.view()?.commands?.length;
    textarea.placeholder = markup?.input_field_placeholder || t("placeholder");
    if (keyboard.dataset.stamp === stamp) return;
    keyboard.dataset.stamp = stamp;
    keyboard.replaceChildren(...rows.map((row) => el("div", { class: "key-row" }, row.map((key) => el("button", { type: "button", class: "key", onclick: () => pressKey(key, markup) }, key.text ?? key)))));
  }

  async function pressKey(key, markup) {
    if (key.request_contact) await hooks.act("contact", ownContact());
    else if (key.request_location) await hooks.act("location", TURKISTAN);
    else await hooks.act("send", { text: key.text ?? key });
    if (markup.one_time_keyboard) { keyboardOpen = false; update(); }
  }

  function ownContact() {
    const person = hooks.person();
    const phone = person.phone || `+7701${String(Math.abs(person.id)).padStart(7, "0").slice(-7)}`;
    return { phone, first_name: person.first_name, user_id: person.id };
  }

  async function submit() {
    const text = textarea.value.trim();
    if (!text) return;
    const done = editing ? await hooks.act("edit", { message_id: editing.message_id, text }) : await hooks.act("send", { text, ...replying() });
    if (!done) return; // the words stay in the field
    textarea.value = "";
    reply = editing = null;
    update();
  }

  const replying = () => (reply ? { reply_to: reply.message_id } : {});

  async function sendThing(action, fields = {}, files = []) {
    if (await hooks.act(action, { ...fields, ...replying() }, files)) { reply = null; update(); }
  }

  function onKey(event) {
    const options = [...suggestions.children];
    if (!suggestions.hidden && options.length) {
      const at = options.findIndex((node) => node.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        options.forEach((node, index) => node.setAttribute("aria-selected", String(index === (at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length)));
        options.find((node) => node.getAttribute("aria-selected") === "true").scrollIntoView({ block: "nearest" });
        return;
      }
      if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) { event.preventDefault(); options[at].click(); return; }
      if (event.key === "Escape") { event.stopPropagation(); suggestions.hidden = true; return; }
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    else if (event.key === "Escape" && (reply || editing)) { event.stopPropagation(); cancel(); }
  }

  // "/" and letters typed in an otherwise empty field filter the commands.
  function suggest() {
    const query = inlineQuery();
    if (query !== null) return offer(query);
    inline = null;
    const typed = /^\/(\w*)$/.exec(textarea.value);
    const found = typed && !editing ? (hooks.view()?.commands ?? []).filter(({ command }) => command.startsWith(typed[1].toLowerCase()) && command !== typed[1]) : [];
    suggestions.hidden = !found.length;
    suggestions.replaceChildren(...found.map((command, index) => el("div", {
      role: "option", class: "suggestion", "aria-selected": String(index === 0),
      onpointerdown: (event) => event.preventDefault(), onclick: () => sendCommand(command.command),
    }, el("b", {}, `/${command.command}`), el("span", { class: "dim" }, command.description))));
  }

  // "@bot words" asks the bot what it has to offer; the result that is tapped is posted here.
  function inlineQuery() {
    const typed = /^@(\w+)\s([^]*)$/.exec(textarea.value);
    return typed && !editing && typed[1].toLowerCase() === hooks.botName().toLowerCase() ? typed[2] : null;
  }

  async function offer(query) {
    if (inline?.query === query) return;
    const mine = inline = { query };
    suggestions.hidden = true;
    await wait(INLINE_WAIT);
    if (inline !== mine) return; // typed on
    const id = (await hooks.act("inline", { query }))?.inline_id;
    for (let tries = 0; id && inline === mine && tries < 50; tries += 1) {
      const { answered, results } = await get("inline", { id });
      if (answered && inline === mine) return drawOffered(id, results);
      await wait(100);
    }
  }

  function drawOffered(id, results) {
    suggestions.hidden = !results.length;
    suggestions.replaceChildren(...results.map((result, index) => el("div", {
      role: "option", class: "suggestion", "aria-selected": String(index === 0),
      onpointerdown: (event) => event.preventDefault(), onclick: () => choose(id, result.id),
    }, el("b", {}, result.title), el("span", { class: "dim" }, result.description))));
  }

  async function choose(id, result) {
    suggestions.hidden = true;
    textarea.value = "";
    await hooks.act("choose", { inline_id: id, result_id: result });
    textarea.focus();
  }

  async function sendCommand(name) {
    suggestions.hidden = true;
    textarea.value = "";
    await hooks.act("send", { text: `/${name}` });
    textarea.focus();
  }

  function commandMenu(anchor) {
    openMenu(anchor, (hooks.view()?.commands ?? []).map(({ command, description }) => ({ label: description, hint: `/${command}`, run: () => sendCommand(command) })), { label: t("commands"), className: "command-menu" });
  }

  function grow() {
    textarea.style.height = "auto";
    textarea.style.height = `${Math.min(textarea.scrollHeight, 180)}px`;
  }

  function attachMenu(anchor) {
    openMenu(anchor, [
      { label: t("photos"), icon: "image", run: () => pick("image/*", true, offerFiles) },
      { label: t("document"), icon: "file", run: () => pick("", false, offerDocument) },
      { label: t("fakeVoice"), icon: "mic", run: sendVoice },
      { label: t("video"), icon: "video", run: () => pick("video/*", false, (files) => sendThing("video", {}, files)) },
      { label: t("video_note"), icon: "circle", run: () => sendThing("video_note") },
      { label: t("location"), icon: "place", run: sendLocation },
      { label: t("contact"), icon: "person", run: sendContact },
      { label: t("sticker"), icon: "smile", run: sendSticker },
      { label: t("poll"), icon: "poll", run: sendPoll },
      { label: t("forwardText"), icon: "forward", run: sendForwarded },
    ], { label: t("attach") });
  }

  function pick(accept, multiple, then) {
    const input = el("input", { type: "file", accept, multiple, class: "offscreen", tabindex: -1, "aria-hidden": "true" });
    input.addEventListener("change", () => { input.remove(); if (input.files.length) then([...input.files]); });
    input.addEventListener("cancel", () => input.remove());
    document.body.append(input);
    input.click();
  }

  // Pictures go as photos (several make an album), anything else as a document.
  function offerFiles(files) {
    if (files.every((file) => file.type.startsWith("image/"))) return offerPhotos(files.slice(0, 10));
    return offerDocument(files.slice(0, 1));
  }

  async function offerPhotos(files) {
    const urls = files.map((file) => URL.createObjectURL(file));
    const answer = await formDialog(t("photo"), [{ name: "caption", label: t("caption") }], t("send"), [el("div", { class: "previews" }, urls.map((src) => el("img", { src, alt: "" })))]);
    urls.forEach((url) => URL.revokeObjectURL(url));
    if (answer) sendThing("photo", answer.caption ? { caption: answer.caption } : {}, files);
  }

  async function offerDocument(files) {
    const answer = await formDialog(files[0].name, [{ name: "caption", label: t("caption") }, { name: "claim", label: t("claimSize"), type: "number" }], t("send"));
    if (!answer) return;
    const fields = {};
    if (answer.caption) fields.caption = answer.caption;
    if (answer.claim) fields.fake_size = Math.round(answer.claim * MB);
    sendThing("document", fields, files);
  }

  async function sendVoice() {
    const answer = await formDialog(t("voice"), [{ name: "duration", label: t("duration"), type: "number", value: 5, required: true }], t("send"));
    if (answer) sendThing("voice", { duration: Math.round(answer.duration) });
  }

  async function sendLocation() {
    const answer = await formDialog(t("location"), [{ name: "lat", label: t("lat"), type: "number", value: TURKISTAN.lat, required: true }, { name: "lon", label: t("lon"), type: "number", value: TURKISTAN.lon, required: true }], t("send"));
    if (answer) sendThing("location", answer);
  }

  async function sendContact() {
    const own = ownContact();
    const answer = await formDialog(t("contact"), [{ name: "own", label: t("own"), type: "checkbox", value: true }, { name: "phone", label: t("phone"), type: "tel", value: own.phone, required: true }, { name: "first_name", label: t("name"), value: own.first_name, required: true }], t("send"));
    if (answer) sendThing("contact", { phone: answer.phone, first_name: answer.first_name, ...(answer.own ? { user_id: own.user_id } : {}) });
  }

  async function sendSticker() {
    const emoji = await openDialog({ title: t("sticker"), className: "stickers", buttons: STICKERS.map((value) => ({ label: value, value })) });
    if (emoji) sendThing("sticker", { emoji });
  }

  async function sendPoll() {
    const answer = await formDialog(t("poll"), [{ name: "question", label: t("question"), required: true }, { name: "options", label: t("options"), type: "textarea", required: true }], t("send"));
    if (answer) sendThing("poll", { question: answer.question, options: answer.options.split("\n").map((line) => line.trim()).filter(Boolean) });
  }

  async function sendForwarded() {
    const answer = await formDialog(t("forwardText"), [{ name: "from_name", label: t("fromName"), required: true }, { name: "text", label: t("text"), type: "textarea", required: true }, { name: "hidden", label: t("hidden"), type: "checkbox" }], t("send"));
    if (answer) sendThing("forward_text", answer);
  }

  return {
    update, offerFiles,
    focus: () => textarea.focus({ preventScroll: true }),
    reply: (message) => { editing = null; reply = message; update(); textarea.focus(); },
    edit: (message) => { reply = null; editing = message; textarea.value = message.text; update(); textarea.focus(); },
  };
}
