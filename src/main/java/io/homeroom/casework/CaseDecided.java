package io.homeroom.casework;

/** A case came to its end, whichever way. Published in the same transaction. */
public record CaseDecided(CaseView decided) {}
