package io.homeroom.liaison;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a unit names to deal with the secretariat (AII-14-5, DSIA-10-a). Notices go to the first; each may ask in chat
 * whatever the first may. Works inside a tenant.
 */
@Service
@Transactional
public class Liaisons {

    /** The rulebook's reading of how many liaisons a member may name; one where it has none. */
    private static final String MOST = "liaison-number";

    private static final String GONE = "没有这名联络员，可能刚被移除；请刷新页面再看";

    private final Roster roster;
    private final Contacts contacts;
    private final Audit audit;
    private final Lawbook law;
    private final BusinessClock clock;

    Liaisons(Roster roster, Contacts contacts, Audit audit, Lawbook law, BusinessClock clock) {
        this.roster = roster;
        this.contacts = contacts;
        this.audit = audit;
        this.law = law;
        this.clock = clock;
    }

    /** How many a member may name. */
    @Transactional(readOnly = true)
    public int most() {
        return law.of(clock.today()).setting(MOST).map(Integer::parseInt).orElse(1);
    }

    /** On which clauses that rests. */
    @Transactional(readOnly = true)
    public List<String> grounds() {
        Rulebook rules = law.of(clock.today());
        Rulebook.Person rule = rules.liaison();
        List<String> reading = rules.grounds(MOST);
        return !reading.isEmpty() || rule == null ? reading : rule.cite();
    }

    /** A member's liaisons, the first of them first. */
    @Transactional(readOnly = true)
    public List<Contact> of(long member) {
        return contacts.of(member).stream()
                .filter(contact -> contact.role() == Role.LIAISON)
                .toList();
    }

    /**
     * A member names one more liaison; of one whom it has, the phone is noted. Those named when the rulebook allowed more
     * stay.
     *
     * @param phone in clear
     * @param by staff user name
     */
    public Outcome<Contact> name(long member, String name, String phone, String by) {
        roster.hold(member); // two at once are counted one after the other
        if (roster.get(member).kind() != Kind.UNIT) {
            return Outcome.refused("个人会员由本人联系，没有联络员；要改电话的，改本人的资料");
        }
        List<Contact> known = of(member);
        boolean fresh = known.stream().noneMatch(one -> one.name().equals(name));
        int most = most();
        if (fresh && known.size() >= most) {
            return Outcome.refused(new Refusal(
                    grounds(),
                    "一家会员最多" + most + "名联络员，现有" + known.size() + "名：换人的，改资料里的联系人" + (known.size() > 1 ? "，或者先移除一名" : "")
                            + "；要多几名的，请秘书处在「规则」里改这一条的读法",
                    null));
        }
        boolean first = known.isEmpty() || known.get(0).name().equals(name);
        Contact named = first
                ? contacts.put(member, Role.LIAISON, name, phone)
                : contacts.add(member, Role.LIAISON, name, phone);
        audit.note(by, fresh ? "liaison-named" : "member-changed", member, "联络员" + name + (fresh ? "" : "的电话"));
        return Outcome.done(named);
    }

    /** From now on notices go to this one. */
    public Outcome<Contact> lead(long member, long contact, String by) {
        roster.hold(member);
        List<Contact> known = of(member);
        if (known.stream().noneMatch(one -> one.id() == contact)) {
            return Outcome.refused(GONE);
        }
        Contact first = contacts.lead(contact);
        if (known.get(0).id() != contact) {
            audit.note(
                    by,
                    "liaison-first",
                    member,
                    first.name() + "，此前是" + known.get(0).name());
        }
        return Outcome.done(first);
    }

    /** This one no longer speaks for the member, in WeChat neither; after the first, the next is the first. */
    public Outcome<Contact> remove(long member, long contact, String by) {
        roster.hold(member);
        List<Contact> known = of(member);
        Contact gone =
                known.stream().filter(one -> one.id() == contact).findFirst().orElse(null);
        if (gone == null) {
            return Outcome.refused(GONE);
        }
        if (known.size() == 1) {
            return Outcome.refused(new Refusal(grounds(), "只有这一名联络员，不能移除；换人的，改资料里的联系人", null));
        }
        Rulebook rules = law.of(clock.today());
        if (rules.onePerson()
                && contacts.of(member).stream()
                        .anyMatch(one ->
                                one.role() == Role.REPRESENTATIVE && one.name().equals(gone.name()))) {
            return Outcome.refused(new Refusal(
                    rules.grounds("two-roles"), gone.name() + "也是代表人，联络员和代表人须是同一个人，不能移除；换人的，改资料里的联系人", null));
        }
        contacts.remove(contact);
        audit.note(by, "liaison-removed", member, gone.name());
        return Outcome.done(gone);
    }
}
