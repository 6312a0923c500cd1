package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Mask;
import io.homeroom.member.Contact;
import io.homeroom.member.TieChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down, in the transaction of the act, who spoke for a member in WeChat from when until when. */
@Component
class TieNotes {

    private final Audit audit;

    TieNotes(Audit audit) {
        this.audit = audit;
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
    }
}
