package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who has filed which application: they may see its case, and speak for the member that comes of it. */
@Component
class Applicants {

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Roster roster;
    private final Contacts contacts;
    private final Bindings bindings;
    private final Cases cases;
    private final Audit audit;

    Applicants(
            JdbcClient jdbc,
            Lockbox lockbox,
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Cases cases,
            Audit audit) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.roster = roster;
        this.contacts = contacts;
        this.bindings = bindings;
        this.cases = cases;
        this.audit = audit;
    }

    /** Whoever filed a case is its applicant; a newcomer speaks for the member at once. */
    void filed(CaseView file, String openid, Draft draft, boolean comesBack) {
        Map<String, String> people = new LinkedHashMap<>();
        for (String field : List.of(
                Questionnaire.LIAISON,
                Questionnaire.LIAISON_PHONE,
                Questionnaire.REPRESENTATIVE,
                Questionnaire.REPRESENTATIVE_PHONE,
                Questionnaire.PHONE)) {
            if (!draft.get(field).isEmpty()) {
                people.put(field, draft.get(field));
            }
        }
        jdbc.sql("insert into applicant (association_id, case_id, openid, contact, bound)"
                        + " values (:association, :case, :openid, :contact, :bound)")
                .param("association", Tenant.current())
                .param("case", file.id())
                .param("openid", openid)
                .param("contact", lockbox.seal(Json.write(people)))
                .param("bound", false)
                .update();
        // Who comes back has a past that a stranger with its public code must not read: bound when it is admitted.
        if (!comesBack) {
            bind(file, openid, people);
        }
    }

    private void bind(CaseView file, String openid, Map<String, String> people) {
        long id = Objects.requireNonNull(file.memberId());
        Member member = roster.get(id);
        Contact contact;
        if (member.kind() == Kind.INDIVIDUAL) {
            contact = contacts.put(id, Role.SELF, member.name(), people.getOrDefault(Questionnaire.PHONE, ""));
        } else {
            String representative = people.get(Questionnaire.REPRESENTATIVE);
            if (representative != null) {
                contacts.put(
                        id,
                        Role.REPRESENTATIVE,
                        representative,
                        people.getOrDefault(Questionnaire.REPRESENTATIVE_PHONE, ""));
            }
            contact = contacts.put(
                    id,
                    Role.LIAISON,
                    people.getOrDefault(Questionnaire.LIAISON, ""),
                    people.getOrDefault(Questionnaire.LIAISON_PHONE, ""));
        }
        bindings.bindTo(contact.id(), openid);
        jdbc.sql("update applicant set bound = 1 where association_id = :association and case_id = :case")
                .param("association", Tenant.current())
                .param("case", file.id())
                .update();
        audit.note(
                Applications.APPLICANT,
                "bound",
                id,
                contact.name() + "提出入会申请，登记为" + contact.role().word());
    }

    /** Somebody who came back has been admitted: from now on it is reached by whom its application names. */
    @EventListener
    @Transactional
    void decided(CaseDecided event) {
        CaseView file = event.decided();
        if (!file.type().equals("admission") || !file.outcome().equals(CaseRow.APPROVED)) {
            return;
        }
        jdbc.sql("select openid, contact from applicant where association_id = :association and case_id = :case"
                        + " and bound = 0")
                .param("association", Tenant.current())
                .param("case", file.id())
                .query((row, n) -> Map.entry(row.getString("openid"), row.getString("contact")))
                .optional()
                .ifPresent(found -> bind(file, found.getKey(), Json.map(lockbox.open(found.getValue()))));
    }

    /** Cases of the applications that a person has filed, oldest first. */
    List<CaseView> filedBy(String openid) {
        return jdbc
                .sql("select case_id from applicant where association_id = :association and openid = :openid"
                        + " order by case_id")
                .param("association", Tenant.current())
                .param("openid", openid)
                .query(Long.class)
                .list()
                .stream()
                .flatMap(id -> cases.find(id).stream())
                .toList();
    }

    /** Whether a person has filed this application. */
    boolean has(String openid, long caseId) {
        return jdbc.sql("select count(*) from applicant where association_id = :association and openid = :openid"
                                + " and case_id = :case")
                        .param("association", Tenant.current())
                        .param("openid", openid)
                        .param("case", caseId)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
