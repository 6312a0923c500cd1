package io.homeroom.dues;

import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import io.homeroom.till.PayLinks;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Brings each new bill to its member, with the address where it can be paid. */
@Component
class BillNews {

    private final Lawbook lawbook;
    private final BusinessClock clock;
    private final PayLinks links;
    private final ApplicationEventPublisher events;

    BillNews(Lawbook lawbook, BusinessClock clock, PayLinks links, ApplicationEventPublisher events) {
        this.lawbook = lawbook;
        this.clock = clock;
        this.links = links;
        this.events = events;
    }

    /** Bills that come with a member's entry are told in one summary, and paid ones need no word. */
    @EventListener
    void on(BillRaised raised) {
        Bill bill = raised.bill();
        if (raised.atEntry() || bill.state() != BillState.OPEN || !bill.owed().isPositive()) {
            return;
        }
        LocalDate today = clock.today();
        LocalDate due = bill.dueOn();
        Map<String, String> data = new HashMap<>();
        data.put("amountFen", String.valueOf(bill.owed().fen()));
        data.put("year", String.valueOf(bill.year()));
        data.put("bill", String.valueOf(bill.id()));
        data.put("title", bill.title());
        data.put("url", links.bill(bill.id()));
        if (due != null) {
            data.put("dueOn", due.toString());
        }
        String until = due == null ? "" : "，请在" + Days.said(due, today) + "前缴纳";
        events.publishEvent(Tell.of(
                        "member",
                        bill.memberId(),
                        "bill",
                        bill.title() + "账单 " + bill.owed() + until
                                + lawbook.of(today).cite(bill.clauses()) + "。回复「缴费」或点开账单办理。")
                .cites(bill.clauses())
                .once("bill:" + bill.id())
                .with(data));
    }
}
