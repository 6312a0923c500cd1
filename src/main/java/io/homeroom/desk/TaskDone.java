package io.homeroom.desk;

/** A task was finished, with the documents it names; in the transaction that finished it. */
public record TaskDone(Task task, String by) {}
