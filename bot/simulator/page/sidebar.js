// Who to be, and the chats of that person.
import { arrowKeys, avatar, el, iconButton, reconcile } from "./dom.js";
import { dayKey, formatDay, formatTime, localized, t, tOr } from "./i18n.js";

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

// hooks: {choosePerson(id), chooseChat(id), addPerson()}
export function createSidebar(root, hooks) {
  const me = el("div", { class: "me" });
  const chatsTitle = el("h2", {});
  const chats = el("div", { class: "list" });
  const peopleTitle = el("h2", {});
  const people = el("div", { class: "list people" });
  const add = el("span", {});
  root.append(me, el("div", { class: "sidebar-scroll" }, chatsTitle, chats, el("div", { class: "list-head" }, peopleTitle, add), people));
  arrowKeys(root, ".list button");

  function update({ server, personId, chatId, chatsOf, unreadOf, now }) {
    const lang = document.documentElement.lang;
    root.setAttribute("aria-label", t("people"));
    chatsTitle.textContent = t("chats");
    peopleTitle.textContent = t("people");
    add.replaceChildren(iconButton("plus", t("newPerson"), hooks.addPerson));
    const person = server.people.find(({ id }) => id === personId);
    me.replaceChildren(...(person
      ? [avatar(fullName(person), person.id), el("div", { class: "item-text" }, el("div", { class: "item-top" }, el("b", { class: "one-line" }, `${t("iAm")} ${fullName(person)}`)), el("div", { class: "note" }, localized(person.note)))]
      : [el("div", { class: "item-text" }, el("b", {}, t("nobody")), el("div", { class: "note" }, t("choosePerson")))]));
    const mine = person ? chatsOf(person.id) : [];
    chatsTitle.hidden = !mine.length;
    reconcile(chats, mine.map((chat) => {
      const current = chat.id === chatId;
      const hint = chat.last?.text || (chat.last?.kind && tOr(chat.last.kind, "document")) || (chat.type === "private" ? (chat.blocked ? t("blocked") : chat.started ? t("noMessages") : t("notStarted")) : chat.bot_is_member ? t("noMessages") : t("botAbsent"));
      const when = chat.last && (dayKey(chat.last.date) === dayKey(now) ? formatTime(chat.last.date) : formatDay(chat.last.date, now));
      return {
        key: chat.id, stamp: JSON.stringify([chat, current, when, lang]),
        make: () => el("button", { type: "button", class: "item", dataset: { chat: chat.id }, "aria-current": current ? "true" : null, onclick: () => hooks.chooseChat(chat.id) },
          avatar(chat.title, chat.id, chat.type === "private" ? "bot" : "group"),
          el("span", { class: "item-text" },
            el("span", { class: "item-top" }, el("b", { class: "one-line" }, chat.title), when && el("time", { datetime: chat.last.date }, when)),
            el("span", { class: "item-bottom" }, el("span", { class: "one-line dim" }, chat.last?.outgoing ? `${t("you")}: ${hint}` : hint), badge(chat.unread)))),
      };
    }));
    reconcile(people, server.people.map((one) => {
      const unread = unreadOf(one.id), current = one.id === personId;
      return {
        key: one.id, stamp: JSON.stringify([one, unread, current, lang]),
        make: () => el("button", { type: "button", class: "item", dataset: { person: one.id }, "aria-current": current ? "true" : null, onclick: () => hooks.choosePerson(one.id) },
          avatar(fullName(one), one.id),
          el("span", { class: "item-text" },
            el("span", { class: "item-top" }, el("b", { class: "one-line" }, fullName(one)), badge(unread)),
            el("span", { class: "note dim" }, localized(one.note)))),
      };
    }));
  }

  return { update };
}

const badge = (count) => (count ? el("span", { class: "badge", "aria-label": t("unread", { n: count }) }, String(count)) : null);
