package io.homeroom.dues;

/**
 * A bill was made. Published in the same transaction.
 *
 * @param yearly whether it is one of a year's assessment, which raises very many at once
 * @param atEntry whether it came with the entry of a member that the association already had
 */
public record BillRaised(Bill bill, boolean yearly, boolean atEntry) {}
