package io.homeroom.chat;

/** What a person may want from the conversation; the words for it are in {@code lexicon.yaml}. */
enum Intent {
    STANDING,
    WHY,
    BILLS,
    PAY,
    TRANSFER,
    PAYMENTS,
    RECEIPT,
    TEACHER,
    BALLOT,
    HELP,
    HUMAN,
    BIND,
    UNBIND,
    SWITCH,
    CHANGE,
    DOCUMENTS,
    JOIN,
    PROGRESS,
    WITHDRAW,
    UPGRADE,
    APPEAL,
    DISCOUNT,
    INTERPRETATION,
    PRECEDENCE,
    CONTACT,
    THANKS,
    CONFIRM,
    CANCEL
}
