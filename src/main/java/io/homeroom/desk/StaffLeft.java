package io.homeroom.desk;

/** An account was closed because its holder has left; in the transaction that closed it. */
public record StaffLeft(StaffMember member, String by) {}
