/**
 * Floor 1. When things happen: the business clock of Asia/Shanghai, the nightly duties of every association, and
 * small jobs that tick. Higher rooms hand in {@link io.homeroom.schedule.Duty}, {@link io.homeroom.schedule.Ticker} and
 * {@link io.homeroom.schedule.NightGate} beans; Quartz is this room's secret and only wakes it.
 *
 * <p>Which days are done is kept in our own tables, so that a missed night is caught up day by day, a night cut off
 * goes on where it stopped, and a night run twice changes nothing. The yearly working calendar is read here
 * (国务院办公厅节假日安排). Out: {@link
 * io.homeroom.schedule.NightFailed}, {@link io.homeroom.schedule.NightRun}. In: nothing.
 */
@org.jspecify.annotations.NullMarked
@org.springframework.modulith.ApplicationModule(
        displayName = "Schedule",
        allowedDependencies = {"ground"})
package io.homeroom.schedule;
