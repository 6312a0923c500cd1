/**
 * Floor 2. Takes money: payments however they come, orders at the payment gateway, refunds. What a payment settles is
 * decided above, behind {@link io.homeroom.till.Booking}; whether it may be taken at all is asked of {@link
 * io.homeroom.till.Objection}; the gateway's protocol is hidden behind {@link io.homeroom.till.Gateway}.
 *
 * <p>Serves BACCA-32-a, b (ways of paying, the word of a remittance), XDOC-5 (the day of a payment ends at 24:00 in
 * Shanghai). Events out: {@link io.homeroom.till.PaymentSettled}, {@link io.homeroom.till.PaymentRefused}, {@link
 * io.homeroom.till.PaymentUnmatched}, {@link io.homeroom.till.RefundDue}, {@link io.homeroom.till.RefundDone}, {@link
 * io.homeroom.till.MoneyAlert}. Events in: none.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Till",
        allowedDependencies = {"ground", "rulebook", "schedule"})
package io.homeroom.till;
