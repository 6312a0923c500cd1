package io.homeroom.casework;

import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.Member;
import io.homeroom.member.Page;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.member.Search;
import io.homeroom.member.Standing;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who stands for election: each unit's representative comes with the unit, individuals once they were put forward; all of
 * them with the same rights, and nobody whose rights are at rest (BACCA-11-d).
 */
@Service
@Transactional(readOnly = true)
public class Candidacies {

    private static final int BATCH = 200;

    private final Lawbook law;
    private final BusinessClock clock;
    private final Roster roster;
    private final Contacts contacts;
    private final Rights rights;
    private final JdbcClient jdbc;

    Candidacies(Lawbook law, BusinessClock clock, Roster roster, Contacts contacts, Rights rights, JdbcClient jdbc) {
        this.law = law;
        this.clock = clock;
        this.roster = roster;
        this.contacts = contacts;
        this.rights = rights;
        this.jdbc = jdbc;
    }

    /**
     * One on the list.
     *
     * @param person the representative, or the individual itself
     * @param member the unit it stands for; the individual itself
     */
    public record Candidate(String person, Member member) {}

    /** What the list is for and by which clause; null where the bylaws know none. */
    public Rulebook.@Nullable Candidates rule() {
        return law.of(clock.today()).candidates();
    }

    /** The list as it stands today, by the members' order of joining the roster; empty where the bylaws know none. */
    public List<Candidate> list() {
        Rulebook.Candidates rule = rule();
        List<Candidate> all = new ArrayList<>();
        if (rule == null) {
            return all;
        }
        Long after = 0L;
        while (after != null) {
            Page<Member> page = roster.search(new Search(null, Standing.ACTIVE, null, null, after, BATCH));
            List<Member> fit = page.items().stream()
                    .filter(member -> rights.may(member.id(), rule.right()))
                    .toList();
            List<Long> ids = fit.stream().map(Member::id).toList();
            Map<Long, List<Contact>> known = contacts.ofAll(ids);
            Set<Long> forward = putForward(rule.right(), ids);
            for (Member member : fit) {
                if (member.kind() == Kind.INDIVIDUAL) {
                    if (forward.contains(member.id())) {
                        all.add(new Candidate(member.name(), member));
                    }
                } else {
                    known.getOrDefault(member.id(), List.of()).stream()
                            .filter(contact -> contact.role() == Role.REPRESENTATIVE)
                            .findFirst()
                            .ifPresent(contact -> all.add(new Candidate(contact.name(), member)));
                }
            }
            after = page.next();
        }
        return all;
    }

    private Set<Long> putForward(String right, List<Long> members) {
        if (members.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("select distinct member_id from service_use where association_id = :association"
                        + " and member_id in (:members) and what = :right")
                .param("association", Tenant.current())
                .param("members", members)
                .param("right", right)
                .query(Long.class)
                .list());
    }
}
