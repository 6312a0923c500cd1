package io.homeroom.care;

import io.homeroom.casework.CaseDecided;
import io.homeroom.casework.CaseView;
import io.homeroom.desk.Card;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Days;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.schedule.BusinessClock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who hears of a reported change: the class teacher at once, to confirm the notice; the member, what became of it. */
@Component
class ChangeNews {

    private final Tasks tasks;
    private final Contacts contacts;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;

    ChangeNews(Tasks tasks, Contacts contacts, BusinessClock clock, ApplicationEventPublisher events) {
        this.tasks = tasks;
        this.contacts = contacts;
        this.clock = clock;
        this.events = events;
    }

    /** Gives the class teacher the card with which it confirms, where the bylaws ask for that. */
    void reported(CaseView change, Member member) {
        List<Task> waits = tasks.search(
                TaskSearch.unfinished().matter(change.id()).what(Changes.NOTICE).page(0, 1));
        if (member.teacherId() == null || waits.isEmpty()) {
            return;
        }
        Card card = Changes.card(member, change, clock.today())
                .button("确认通知单", "change:notice:" + change.id())
                .at("/t/" + Tenant.current() + "/members/" + member.id());
        events.publishEvent(Tell.of("teacher", member.id(), "change", card.asText())
                .cites(waits.get(0).clauses())
                .once("change:" + change.id() + ":teacher")
                .with(card.data()));
    }

    @EventListener
    void on(CaseDecided event) {
        CaseView change = event.decided();
        Long member = change.memberId();
        Map<String, String> data = change.data();
        // Whoever was told by nobody before hears it from the class teacher, with the invitation.
        boolean heard = member != null
                && contacts.toNotify(member)
                        .filter(contact -> contact.openid() != null)
                        .isPresent();
        if (!change.type().equals("change") || !Changes.isReported(change) || !heard) {
            return;
        }
        LocalDate today = clock.today();
        String what = Changes.word(data.getOrDefault("field", "")) + "改为" + data.getOrDefault("to", "");
        String says = switch (change.outcome()) {
            case "approved" ->
                "资料变更已核对：" + what + "，" + Days.said(LocalDate.parse(data.get("from")), today) + "起，旧的留在档里";
            case "rejected" -> "资料变更没有通过：" + what + reason(change);
            default -> "资料变更没有办成：" + what + "，仍按原来的";
        };
        events.publishEvent(Tell.of("member", member, "change", says)
                .cites(change.clauses())
                .once("change:" + change.id() + ":member")
                .with(Map.of("title", "资料变更", "url", "/m/" + Tenant.current() + "/cases/" + change.id())));
    }

    private static String reason(CaseView change) {
        String says = change.steps().isEmpty()
                ? ""
                : change.steps().get(change.steps().size() - 1).says();
        return says.isEmpty() ? "" : "（" + says + "）";
    }
}
