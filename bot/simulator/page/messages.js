// The log of one chat: day lines, bubbles, media, inline keyboards.
import { alertDialog, avatar, copyText, el, icon, iconButton, openDialog, openMenu, reconcile, toast } from "./dom.js";
import { dayKey, formatDay, formatDuration, formatSize, formatTime, t, tOr } from "./i18n.js";

const REACTIONS = ["👍", "❤️", "🔥", "👏", "🙏", "🤔"];
const TAP_PATIENCE_MS = 15_000;

// What a message is about in one line: for chat lists, quotes and the pinned bar.
export function summary(message) {
  const words = (message.text || message.caption || "").replace(/\s+/g, " ").trim();
  if (["text", "service"].includes(message.kind)) return words;
  const kind = message.kind === "document" && message.file?.name ? message.file.name : tOr(message.kind, "document");
  return words ? `${kind}: ${words}` : kind;
}

// hooks: {start(payload), openBot(), command(text), tap(message, row, col, data), reply, edit, remove, forward, react, botUsername(), now(), isGroup(), isBotHere()}
export function createLog(container, hooks) {
  const pending = new Map(); // query_id -> the button waiting for the bot's answer
  const answered = new Set(); // answers that came before the tap's own response

  container.addEventListener("click", onClick);
  container.addEventListener("contextmenu", (event) => {
    const item = event.target.closest("[data-message-id]");
    const message = item && !event.target.closest("a, img") && !String(getSelection()) && current.get(Number(item.dataset.messageId));
    if (!message || message.kind === "service") return;
    event.preventDefault();
    messageMenu(item.querySelector(".message-menu") ?? item, message, { x: event.clientX, y: event.clientY });
  });

  let current = new Map();

  function render(messages) {
    current = new Map(messages.map((message) => [message.message_id, message]));
    const now = hooks.now();
    const items = [];
    let day = "", previous = null;
    for (const group of grouped(messages)) {
      const first = group[0];
      if (dayKey(first.date) !== day) {
        day = dayKey(first.date);
        const label = formatDay(first.date, now);
        items.push({ key: `day-${day}`, stamp: label, make: () => el("div", { class: "day" }, el("span", {}, label)) });
        previous = null;
      }
      const follows = previous && previous.kind !== "service" && previous.sender?.id === first.sender?.id;
      items.push({
        key: first.message_id,
        stamp: JSON.stringify([group, follows, document.documentElement.lang, hooks.isGroup(), hooks.isBotHere()]),
        make: () => renderGroup(group, follows),
      });
      previous = first;
    }
    reconcile(container, items);
  }

  function renderGroup(group, follows) {
    const first = group[0];
    if (first.kind === "service") {
      return el("div", { class: "service", dataset: { messageId: first.message_id } }, htmlNode("span", first.html || first.text || ""));
    }
    const mine = first.outgoing;
    const captioned = group.find((message) => message.html) ?? first;
    const keyboard = group.find((message) => message.inline_keyboard?.length);
    const media = group.length > 1
      ? el("div", { class: `album album-${Math.min(group.length, 4)}` }, group.map((message) => el("div", { class: "album-item", dataset: message === first ? {} : { messageId: message.message_id } }, renderMedia(message))))
      : renderMedia(first);
    const bare = first.kind === "sticker";
    const bubble = el("div", { class: bare ? "bubble bare" : "bubble" },
      hooks.isGroup() && !mine && !follows && el("div", { class: `sender hue-text-${Math.abs(first.sender?.id ?? 0) % 7}` }, first.sender?.name ?? ""),
      first.forwarded_from && el("div", { class: "forwarded" }, icon("forward"), t("forwarded", { name: first.forwarded_from })),
      first.via && el("div", { class: "forwarded" }, t("via", { name: first.via })),
      first.reply_to && el("button", { type: "button", class: "quote", onclick: () => reveal(first.reply_to.message_id) }, quoted(first.reply_to)),
      media,
      captioned.html && htmlNode("div", captioned.html, "text"),
      el("div", { class: "meta" },
        group.some((message) => message.pinned) && el("span", { title: t("pinned") }, icon("pin")),
        group.some((message) => message.edited) && el("span", {}, t("edited")),
        el("time", { datetime: first.date }, formatTime(first.date))));
    const reactions = group.flatMap((message) => message.reactions ?? []);
    const menuButton = iconButton("more", t("messageMenu"), (event) => messageMenu(event.currentTarget, first), "message-menu");
    menuButton.setAttribute("aria-haspopup", "menu");
    return el("article", { class: `row ${mine ? "from-me" : "from-bot"}${first.sender?.is_bot ? "" : " from-human"}${follows ? " follows" : ""}${keyboard ? " with-keyboard" : ""}`, dataset: { messageId: first.message_id } },
      el("div", { class: "stack" }, bubble,
        reactions.length > 0 && el("div", { class: "reactions" }, reactions.map((emoji) => el("span", {}, emoji))),
        keyboard && renderKeyboard(keyboard)),
      menuButton);
  }

  // A quoted photo or file has no words of its own.
  function quoted({ message_id: id, text }) {
    const original = current.get(id);
    return text || (original ? summary(original) : "…");
  }

  function renderKeyboard(message) {
    return el("div", { class: "inline-keyboard" }, message.inline_keyboard.map((row, rowIndex) => el("div", { class: "key-row" }, row.map((key, col) => {
      const mark = key.url ? "↗" : key.copy_text ? "⧉" : "";
      return el("button", {
        type: "button", class: "key", "data-mark": mark || null, "data-callback": key.callback_data,
        onclick: (event) => press(event.currentTarget, message, rowIndex, col, key),
      }, key.text);
    }))));
  }

  async function press(button, message, row, col, key) {
    const url = key.url ?? key.login_url?.url ?? key.web_app?.url;
    if (url) return followLink(url) || window.open(url, "_blank", "noopener,noreferrer");
    if (key.copy_text !== undefined && key.copy_text !== null) return copyText(key.copy_text.text ?? key.copy_text);
    if (key.callback_data === undefined || key.callback_data === null) return toast(t("unsupported"));
    if (button.classList.contains("waiting")) return undefined;
    wait(button, true);
    const patience = setTimeout(() => { if (button.classList.contains("waiting")) { wait(button, false); if (button.isConnected) toast(t("noAnswer"), "error"); } }, TAP_PATIENCE_MS);
    const query = await hooks.tap(message, row, col);
    if (!query || answered.delete(query)) { clearTimeout(patience); wait(button, false); } else pending.set(query, { button, patience });
    return undefined;
  }

  function wait(button, on) {
    button.classList.toggle("waiting", on);
    button.toggleAttribute("aria-busy", on);
  }

  // The bot answered a tap: stop the spinner, show what it said.
  function answer({ query_id: query, text, alert }) {
    const waiting = pending.get(query);
    if (waiting) {
      clearTimeout(waiting.patience);
      wait(waiting.button, false);
      pending.delete(query);
    } else answered.add(query);
    if (!text) return;
    if (alert) alertDialog(text); else toast(text);
  }

  function messageMenu(anchor, message, at = null) {
    const plain = message.text || message.caption;
    const items = [];
    if (hooks.isBotHere()) {
      items.push({ node: el("div", { class: "menu-reactions", role: "none" }, REACTIONS.map((emoji) => el("button", {
        type: "button", role: "menuitem", "aria-label": t("react", { emoji }),
        onclick: (event) => { event.currentTarget.closest(".menu").dispatchEvent(new Event("done")); hooks.react(message, message.reactions?.includes(emoji) ? "" : emoji); },
      }, emoji))) });
      items.push({ label: t("reply"), icon: "reply", run: () => hooks.reply(message) });
    }
    if (plain) items.push({ label: t("copy"), icon: "copy", run: () => copyText(plain) });
    items.push({ label: t("forward"), icon: "forward", run: () => hooks.forward(message) });
    if (message.outgoing && message.kind === "text" && !message.forwarded_from) items.push({ label: t("edit"), icon: "edit", run: () => hooks.edit(message) });
    if (message.outgoing || !hooks.isGroup()) items.push({ label: t("del"), icon: "trash", danger: true, run: () => hooks.remove(message) });
    openMenu(anchor, items, { label: t("messageMenu"), at });
  }

  // t.me links to this very bot act here instead of leaving the page.
  function followLink(href) {
    let url;
    try { url = new URL(href, "https://t.me"); } catch { return false; }
    const username = hooks.botUsername().toLowerCase();
    const ours = (/^(www\.)?(t|telegram)\.me$/.test(url.hostname) && url.pathname.slice(1).toLowerCase() === username)
      || (url.protocol === "tg:" && /resolve/.test(url.href) && (url.searchParams.get("domain") ?? "").toLowerCase() === username);
    if (!ours) return false;
    if (url.searchParams.has("start")) hooks.start(url.searchParams.get("start"));
    else if (url.searchParams.has("startgroup")) hooks.addToGroup();
    else hooks.openBot();
    return true;
  }

  function onClick(event) {
    const spoiler = event.target.closest(".tg-spoiler, tg-spoiler");
    if (spoiler && !spoiler.classList.contains("open")) {
      event.preventDefault();
      spoiler.classList.add("open");
      spoiler.removeAttribute("role");
      return;
    }
    const folded = event.target.closest("blockquote.folded");
    if (folded && !event.target.closest("a")) { folded.classList.toggle("unfolded"); return; }
    const command = event.target.closest("[data-command]");
    if (command) { event.preventDefault(); hooks.command(command.dataset.command); return; }
    const link = event.target.closest("a[href]");
    if (link && followLink(link.href)) event.preventDefault();
  }

  function reveal(id) {
    const node = container.querySelector(`[data-message-id="${Number(id)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("flash");
    requestAnimationFrame(() => node.classList.add("flash"));
  }

  return { render, answer, reveal };
}

// Consecutive messages of one album make one bubble.
function grouped(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

// `html` is made safe by the server (contract); here it only gets the page's manners.
function htmlNode(tag, html, className = "") {
  const node = el(tag, { class: className, dir: "auto" });
  node.innerHTML = html;
  for (const link of node.querySelectorAll("a[href]")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const spoiler of node.querySelectorAll(".tg-spoiler, tg-spoiler")) {
    spoiler.tabIndex = 0;
    spoiler.setAttribute("role", "button");
    spoiler.title = t("spoiler");
    spoiler.addEventListener("keydown", (event) => { if (event.key === "Enter") spoiler.click(); });
  }
  for (const command of node.querySelectorAll("[data-command]")) {
    command.tabIndex = 0;
    command.setAttribute("role", "button");
    command.addEventListener("keydown", (event) => { if (event.key === "Enter") command.click(); });
  }
  for (const quote of node.querySelectorAll("blockquote[expandable], blockquote.expandable")) quote.classList.add("folded");
  return node;
}

function renderMedia(message) {
  const { kind, file, location, contact, poll } = message;
  if (kind === "photo" || (kind === "animation" && file?.mime?.startsWith("image/"))) return photo(message);
  if (kind === "document" || kind === "audio") return documentCard(message, kind === "audio" ? "mic" : "file");
  if (kind === "voice") return voice(file);
  if (["video", "video_note", "animation"].includes(kind)) return video(kind, file);
  if (kind === "sticker") return el("div", { class: "sticker" }, message.sticker || "🙂");
  if (kind === "location" && location) {
    return el("div", { class: "card" }, el("span", { class: "card-icon" }, icon("place")), el("div", {}, el("b", {}, t("location")), el("div", { class: "dim" }, `${Number(location.lat).toFixed(5)}, ${Number(location.lon).toFixed(5)}`)));
  }
  if (kind === "contact" && contact) {
    return el("div", { class: "card" }, avatar(contact.name, contact.phone?.replace(/\D/g, "").slice(-4)), el("div", {}, el("b", {}, contact.name), el("div", { class: "dim" }, contact.phone)));
  }
  if (kind === "poll" && poll) {
    return el("div", { class: "poll" }, el("b", {}, poll.question), el("div", { class: "dim" }, t("poll")), el("ul", {}, poll.options.map((option) => el("li", {}, option.text ?? option))));
  }
  return null;
}

function photo({ file, caption }) {
  if (!file?.url) return placeholder("image", t("photo"));
  const image = el("img", { src: file.url, alt: caption || t("photo"), loading: "lazy", width: file.width, height: file.height });
  image.addEventListener("error", () => image.parentElement?.replaceWith(placeholder("image", t("fileMissing"))));
  return el("button", { type: "button", class: "photo", "aria-label": t("enlarge"), onclick: () => openDialog({
    className: "viewer", body: [el("img", { src: file.url, alt: caption || t("photo"), onclick: (event) => event.target.closest("dialog").close("") })],
    buttons: [{ label: t("close"), value: "", primary: true }],
  }) }, image);
}

function documentCard({ file }, iconName) {
  const name = file?.name || t("document");
  const inside = [el("span", { class: "card-icon" }, icon(iconName)), el("div", {}, el("b", {}, name), el("div", { class: "dim" }, formatSize(file?.size)))];
  if (!file?.url) return el("div", { class: "card" }, inside);
  return el("a", { class: "card", href: file.url, download: name, title: `${t("download")}: ${name}` }, inside);
}

function voice(file) {
  const length = file?.duration ? formatDuration(file.duration) : "";
  const card = () => el("div", { class: "card" }, el("span", { class: "card-icon" }, icon("mic")), el("div", {}, el("b", {}, t("voice")), el("div", { class: "dim" }, length)));
  if (!file?.url) return card();
  const player = el("audio", { controls: true, preload: "metadata", src: file.url, "aria-label": `${t("voice")} ${length}` });
  player.addEventListener("error", () => player.replaceWith(card()));
  return player;
}

function video(kind, file) {
  const title = `${tOr(kind, "video")} ${file?.duration ? formatDuration(file.duration) : ""}`.trim();
  if (!file?.url) return placeholder("video", title);
  const player = el("video", { controls: true, preload: "metadata", src: file.url, class: kind, "aria-label": title });
  player.addEventListener("error", () => player.replaceWith(placeholder("video", title)));
  return player;
}

const placeholder = (iconName, text) => el("div", { class: "placeholder" }, icon(iconName), text);
