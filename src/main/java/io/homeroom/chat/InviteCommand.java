package io.homeroom.chat;

import io.homeroom.classroom.ClassDay;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Card;
import io.homeroom.desk.StaffMember;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Invitation;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** 邀请: a code for a member's contact to scan, from the phone. Good once and for a week. */
@Component
class InviteCommand extends MemberCommand {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Contacts contacts;
    private final Bindings bindings;
    private final Audit audit;

    InviteCommand(
            Naming naming,
            StaffMemory memory,
            BusinessClock clock,
            ClassDay day,
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Audit audit) {
        super(naming, memory, clock, day, roster);
        this.contacts = contacts;
        this.bindings = bindings;
        this.audit = audit;
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public String key() {
        return "invite";
    }

    @Override
    public String word() {
        return "邀请";
    }

    @Override
    public List<String> says() {
        return List.of("二维码", "绑定码", "绑定二维码", "邀请绑定", "邀请联络员", "发二维码");
    }

    @Override
    public String help() {
        return "邀请 江城建工 · 给联络员绑定公众号的二维码";
    }

    @Override
    public StaffReply said(Said said) {
        if (said.rest().isBlank()) {
            return StaffReply.of("要请哪家的联络员绑定？例如「邀请 江城建工」。");
        }
        Naming.Named named = naming.of(said.who(), said.rest());
        return named.clear()
                ? invite(said.who(), named.member(), named.rest())
                : naming.which(this, said.who(), named, Map.of());
    }

    @Override
    public Optional<StaffReply> answered(Said said, Map<String, String> facts) {
        return naming.picked(said, facts).map(named -> invite(said.who(), named.member(), named.rest()));
    }

    private StaffReply invite(StaffMember who, Member member, String person) {
        return naming.notOfTheClass(who, member).orElseGet(() -> invited(who, member, person));
    }

    /** Invites the contact of that name; where there is none, the one whom notices go to. */
    private StaffReply invited(StaffMember who, Member member, String person) {
        Contact contact = contacts.of(member.id()).stream()
                .filter(one -> one.name().equals(person.strip()))
                .findFirst()
                .or(() -> contacts.toNotify(member.id()))
                .orElse(null);
        String whom = contact == null || contact.name().isEmpty()
                ? "联络员"
                : contact.name() + "（" + contact.role().word() + "）";
        Invitation made = bindings.invite(member.id(), contact == null ? null : contact.id(), WEEK, who.username());
        audit.note(who.username(), "invited", member.id(), whom);
        String picture = "/qr/" + Tenant.current() + "/" + made.scene() + ".png";
        return StaffReply.of("请" + whom + "用微信扫这个二维码，扫到即绑定。一周内有效，只能用一次。")
                .card(
                        member.id(),
                        Card.of("绑定二维码", member.name())
                                .row("给", whom)
                                .row("微信", contact == null || contact.openid() == null ? "未绑定" : "已绑定，换人再扫")
                                .opens("打开二维码", picture)
                                .at(picture));
    }
}
