package io.homeroom.desk;

import io.homeroom.schedule.CalendarMissing;
import io.homeroom.schedule.NightFailed;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells the administrator what the rooms below cannot tell themselves. */
@Component
class Alarms {

    private final ApplicationEventPublisher events;

    Alarms(ApplicationEventPublisher events) {
        this.events = events;
    }

    @EventListener
    @Transactional
    public void on(NightFailed failed) {
        events.publishEvent(Tell.of(
                        "admin",
                        null,
                        "night-failed",
                        failed.day() + " 的夜间任务“" + failed.duty() + "”没有完成，之后各天的任务在等它。原因：" + failed.failure())
                .urgency(Tell.Urgency.NOW)
                .once("night-failed:" + failed.day() + ":" + failed.duty()));
    }

    @EventListener
    @Transactional
    public void on(CalendarMissing missing) {
        events.publishEvent(Tell.of(
                        "admin",
                        null,
                        "calendar-missing",
                        "缺少" + missing.year()
                                + "年的工作日历：以工作日计算的期限暂时没有日期，其他期限只按周末顺延。请用 calendar import 命令把放假通知收进"
                                + " config/calendar.yaml。")
                .once("calendar-missing:" + missing.year()));
    }
}
