/**
 * Floor 3. Bills and what has been paid on them: assessment of a year, first years and their proration, top-ups, prepaid
 * terms and what is left of a year after them, reductions, waivers, surpluses that are carried over; allocation of payments
 * and credit, and what people decide to take less of or give back. Associations whose bylaws know no fee are never billed.
 *
 * <p>Serves IGRS-21-g to i, 24-f and g, BACCA-9-b, 28 to 32, 34, 44, DSIA-5-4, WHJX-5-5 and 8-5b, AII-FEE, XDOC-9. Events
 * out: {@link io.homeroom.dues.BillRaised}, {@link io.homeroom.dues.BillPaid}, {@link io.homeroom.dues.AllPaid},
 * {@link io.homeroom.dues.DebtChanged}. Events
 * in: {@code MemberEntered}, {@code MemberChanged}, {@code MemberRestated}; payments come through {@code till.Booking}.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Dues",
        allowedDependencies = {"ground", "rulebook", "schedule", "member", "till", "desk"})
package io.homeroom.dues;
