package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Mask;
import io.homeroom.member.Contact;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.TieChanged;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Writes down, in the transaction of the act, who spoke for a member in WeChat from when until when, and tells whoever was
 * displaced.
 */
@Component
class TieNotes {

    private final Audit audit;
    private final Roster roster;
    private final Classes classes;
    private final ApplicationEventPublisher events;

    TieNotes(Audit audit, Roster roster, Classes classes, ApplicationEventPublisher events) {
        this.audit = audit;
        this.roster = roster;
        this.classes = classes;
        this.events = events;
    }

    @EventListener
    void on(TieChanged change) {
        Contact contact = change.contact();
        audit.note(
                change.why().isEmpty() ? "member:" + contact.memberId() : "system",
                change.tied() ? "bound" : "unbound",
                contact.memberId(),
                contact.role().word()
                        + (change.tied() ? "绑定微信" : "解除微信绑定")
                        + (change.why().isEmpty() ? "" : "（" + change.why() + "）")
                        + (contact.phone().isBlank() ? "" : "，登记手机 " + Mask.phone(contact.phone())));
        if (change.displaced()) {
            displaced(contact, change.why());
        }
    }

    /** Who is displaced by another's scan did nothing and would not know; its class teacher may not have meant it. */
    private void displaced(Contact contact, String why) {
        Member member = roster.get(contact.memberId());
        String role = contact.role().word();
        String whom =
                classes.teacherOf(member).map(teacher -> "班主任" + teacher.name()).orElse("秘书处");
        events.publishEvent(Tell.of(
                        "former",
                        member.id(),
                        "displaced",
                        "你的微信不再绑定「" + member.name() + "」：" + role + why + "。账单和通知以后不再发到这里。不是你们安排的，请联系" + whom
                                + "，重新要一个绑定二维码。")
                .urgency(Tell.Urgency.NOW)
                .with(Map.of("openid", String.valueOf(contact.openid()))));
        events.publishEvent(Tell.of(
                "teacher",
                member.id(),
                "displaced",
                member.name() + "的" + role + (contact.name().isBlank() ? "" : contact.name()) + why
                        + "绑定，原来那位的绑定随之解除。不是单位安排的，请核实后重新发绑定二维码。"));
    }
}
