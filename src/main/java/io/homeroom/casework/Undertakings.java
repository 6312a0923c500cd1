package io.homeroom.casework;

import io.homeroom.desk.Audit;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.rulebook.Rulebook;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Registers that the bylaws want kept by resolution: working groups and projects (AII-22-8, AII-22-10). Nothing comes in
 * without the resolution that set it up, and the body that supervises hears of every entry and every change.
 */
@Service
@Transactional
public class Undertakings {

    private static final String COLUMNS = "select id, register, name, decision_id, lead_id, state, note, opened_on,"
            + " changed_on, version from undertaking where association_id = :association";

    private final JdbcClient jdbc;
    private final CaseBook book;
    private final Roster roster;
    private final Lawbook law;
    private final BusinessClock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Undertakings(
            JdbcClient jdbc,
            CaseBook book,
            Roster roster,
            Lawbook law,
            BusinessClock clock,
            Audit audit,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.book = book;
        this.roster = roster;
        this.law = law;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /** Where an undertaking stands. */
    public enum State {
        RUNNING("进行中"),
        DONE("已完成"),
        STOPPED("已中止");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Lower case, as stored and in rehearsals. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The state of a code; empty if there is none. */
        public static Optional<State> of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst();
        }
    }

    /**
     * An entry.
     *
     * @param register which register, by the rulebook's word
     * @param decision the resolution that set it up
     * @param lead the member that leads it, if any
     * @param note what was said last
     * @param version changes with every change
     */
    public record Undertaking(
            long id,
            String register,
            String name,
            long decision,
            @Nullable Long lead,
            State state,
            String note,
            LocalDate opened,
            LocalDate changed,
            int version) {}

    /**
     * Enters what a resolution has set up; refused without one that was approved on that matter, and each resolution sets
     * up one.
     */
    public Outcome<Undertaking> enter(String register, String name, long decision, @Nullable Long lead, String by) {
        Rulebook.Register rule = law.of(clock.today()).registers().get(register);
        if (rule == null) {
            return Outcome.refused("制度没有“" + register + "”的登记簿");
        }
        String called = name.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (called.length() < 2 || called.length() > 120) {
            return Outcome.refused("请写" + register + "的名称，2到120个字");
        }
        Refusal against = against(rule, register, decision).orElse(null);
        if (against == null && lead != null && !roster.get(lead).belongs()) {
            against = new Refusal(rule.cite(), roster.get(lead).name() + "不是在籍会员，不能牵头", null);
        }
        if (against != null) {
            audit.refused(by, "undertaking-refused", lead, against);
            return Outcome.refused(against);
        }
        LocalDate today = clock.today();
        Undertaking made =
                new Undertaking(Ids.next(), register, called, decision, lead, State.RUNNING, "", today, today, 1);
        try {
            jdbc.sql("insert into undertaking (association_id, id, register, name, decision_id, lead_id, state, note,"
                            + " opened_on, changed_on, version) values (:association, :id, :register, :name, :decision,"
                            + " :lead, 'running', '', :day, :day, 1)")
                    .param("association", Tenant.current())
                    .param("id", made.id())
                    .param("register", register)
                    .param("name", called)
                    .param("decision", decision)
                    .param("lead", lead)
                    .param("day", today)
                    .update();
        } catch (DuplicateKeyException e) {
            return Outcome.refused(new Refusal(rule.cite(), register + "“" + called + "”已在册", null));
        }
        audit.note(by, "undertaking", lead, register + "：" + called, rule.cite().toArray(String[]::new));
        tell(rule, made, "设立" + register + "“" + called + "”" + led(lead));
        return Outcome.done(made);
    }

    private Optional<Refusal> against(Rulebook.Register rule, String register, long decision) {
        CaseRow file = book.find(decision).orElse(null);
        boolean resolved = file != null
                && file.type().equals("resolution")
                && file.outcome().equals("approved")
                && rule.matter().equals(file.data().get("matter"));
        if (!resolved) {
            return Optional.of(new Refusal(rule.cite(), "设立" + register + "须先有通过的决议，并写明是哪一件", null));
        }
        boolean used =
                jdbc.sql("select count(*) from undertaking where association_id = :association and decision_id = :of")
                                .param("association", Tenant.current())
                                .param("of", decision)
                                .query(Integer.class)
                                .single()
                        > 0;
        return used ? Optional.of(new Refusal(rule.cite(), "这件决议已经登记过，一件决议立一个", null)) : Optional.empty();
    }

    /** Says where it stands now; refused for one that is over, or was changed by somebody else meanwhile. */
    public Outcome<Undertaking> move(long id, int version, State state, String note, String by) {
        Undertaking now = jdbc.sql(COLUMNS + " and id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> view(row))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No undertaking " + id));
        Rulebook.Register rule = law.of(clock.today()).registers().get(now.register());
        List<String> cite = rule == null ? List.of() : rule.cite();
        if (now.version() != version) {
            return Outcome.refused("别人刚改过，页面已过期，请刷新后再办");
        }
        if (now.state() != State.RUNNING) {
            return Outcome.refused(
                    new Refusal(cite, "“" + now.name() + "”" + now.state().word() + "，不能再改", null));
        }
        String said = note.replaceAll("[\\p{Cntrl}\\p{Cf}]", " ").strip();
        if (said.isEmpty() || said.length() > 200) {
            return Outcome.refused(new Refusal(cite, "请写明进展或原因，最多200字", null));
        }
        jdbc.sql("update undertaking set state = :state, note = :note, changed_on = :day, version = version + 1"
                        + " where association_id = :association and id = :id")
                .param("state", state.code())
                .param("note", said)
                .param("day", clock.today())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        Undertaking after = find(id).orElseThrow();
        audit.note(
                by,
                "undertaking",
                now.lead(),
                now.name() + "：" + state.word() + "，" + said,
                cite.toArray(String[]::new));
        if (rule != null) {
            tell(rule, after, now.register() + "“" + now.name() + "”" + state.word() + "：" + said);
        }
        return Outcome.done(after);
    }

    private String led(@Nullable Long lead) {
        return lead == null ? "" : "，" + roster.get(lead).name() + "牵头";
    }

    private void tell(Rulebook.Register rule, Undertaking about, String text) {
        String key = "undertaking:" + about.id() + ":" + about.version();
        events.publishEvent(Tell.of(rule.body(), about.lead(), "undertaking", text)
                .cites(rule.cite())
                .with(Map.of(Consequences.CASE, String.valueOf(about.decision())))
                .once(key));
        if (about.lead() != null) {
            events.publishEvent(Tell.of("member", about.lead(), "undertaking", text)
                    .cites(rule.cite())
                    .once(key + ":lead"));
        }
    }

    @Transactional(readOnly = true)
    public Optional<Undertaking> find(long id) {
        return jdbc.sql(COLUMNS + " and id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** Entries of all registers, those still running first, then the latest. */
    @Transactional(readOnly = true)
    public List<Undertaking> list(int limit) {
        return jdbc.sql(COLUMNS + " order by case when state = 'running' then 0 else 1 end, changed_on desc, id desc"
                        + " limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> view(row))
                .list();
    }

    /** Approved resolutions from which something may still be entered, by register. */
    @Transactional(readOnly = true)
    public List<CaseView> decisions(String register) {
        Rulebook.Register rule = law.of(clock.today()).registers().get(register);
        if (rule == null) {
            return List.of();
        }
        return book.views(book.approvedResolutions().stream()
                .filter(file -> against(rule, register, file.id()).isEmpty())
                .toList());
    }

    private static Undertaking view(ResultSet row) throws SQLException {
        return new Undertaking(
                row.getLong("id"),
                row.getString("register"),
                row.getString("name"),
                row.getLong("decision_id"),
                row.getObject("lead_id", Long.class),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("note"),
                row.getObject("opened_on", LocalDate.class),
                row.getObject("changed_on", LocalDate.class),
                row.getInt("version"));
    }
}
