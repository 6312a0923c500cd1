package io.homeroom.governance;

import io.homeroom.desk.Audit;
import io.homeroom.governance.Ballot.Choice;
import io.homeroom.governance.Ballot.Result;
import io.homeroom.governance.Ballot.State;
import io.homeroom.governance.Ballot.Way;
import io.homeroom.ground.Days;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Refusal;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ballots: who may vote is frozen when one opens, each elector has one vote and may change it until the close, and is
 * given a receipt for it. Of a secret ballot no row joins a voter and a choice, and what could be joined while it is open
 * is destroyed when it closes (docs/adr/0012). Whether a ballot may be held and what follows from it is known above.
 */
@Service
@Transactional
public class BallotBox {

    private static final int RECEIPT = 10;
    private static final String COLUMNS = "select b.*,"
            + " (select count(*) from ballot_elector e where e.association_id = b.association_id"
            + " and e.ballot_id = b.id) as electors,"
            + " (select count(*) from ballot_elector e where e.association_id = b.association_id"
            + " and e.ballot_id = b.id and e.voted <> 'no') as voted,"
            + " (select count(*) from ballot_elector e where e.association_id = b.association_id"
            + " and e.ballot_id = b.id and e.voted = 'paper') as papers"
            + " from ballot b where b.association_id = :association";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Sittings sittings;
    private final BusinessClock clock;
    private final Audit audit;

    BallotBox(JdbcClient jdbc, Lockbox lockbox, Sittings sittings, BusinessClock clock, Audit audit) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.sittings = sittings;
        this.clock = clock;
        this.audit = audit;
    }

    /**
     * A ballot to be opened; the words of {@link Ballot}.
     *
     * @param electors members that may vote
     * @param by who opens it
     */
    public record Opening(
            long matter,
            int stage,
            String body,
            String title,
            Way way,
            boolean secret,
            @Nullable Long sitting,
            String special,
            List<String> clauses,
            @Nullable LocalDate closesOn,
            int seats,
            Collection<Long> electors,
            String by) {}

    /**
     * A vote that was taken.
     *
     * @param code shows later that this vote is counted, not what it says
     * @param changed whether it took the place of an earlier one
     */
    public record Receipt(String code, boolean changed) {}

    /** Votes on paper, as somebody counted them. */
    public record Papers(int inFavour, int against, int abstained) {

        public static final Papers NONE = new Papers(0, 0, 0);

        int all() {
            return inFavour + against + abstained;
        }
    }

    /** Opens a ballot; refused while another of the same case is open. */
    public Outcome<Ballot> open(Opening asked) {
        if (asked.electors().isEmpty()) {
            return Outcome.refused("没有人可以参加这次表决");
        }
        long id = Ids.next();
        try {
            jdbc.sql("insert into ballot (association_id, id, case_id, stage, body, title, way, secret, sitting_id,"
                            + " special, clauses, opened_on, opened_by, closes_on, seats, state, salt, says, reminded,"
                            + " running) values (:association, :id, :matter, :stage, :body, :title, :way, :secret,"
                            + " :sitting, :special, :clauses, :today, :by, :closes, :seats, 'open', :salt, '', 0,"
                            + " :matter)")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .param("matter", asked.matter())
                    .param("stage", asked.stage())
                    .param("body", asked.body())
                    .param("title", asked.title())
                    .param("way", word(asked.way()))
                    .param("secret", asked.secret())
                    .param("sitting", asked.sitting())
                    .param("special", asked.special())
                    .param("clauses", String.join(" ", asked.clauses()))
                    .param("today", clock.today())
                    .param("by", asked.by())
                    .param("closes", asked.closesOn())
                    .param("seats", asked.seats())
                    .param("salt", lockbox.seal(Ids.secret(32)))
                    .update();
        } catch (DuplicateKeyException running) {
            return Outcome.refused("这件事已有一次表决在进行，请等它结束或先撤销它");
        }
        for (long member : asked.electors()) {
            jdbc.sql("insert into ballot_elector (association_id, ballot_id, member_id, voted)"
                            + " values (:association, :id, :member, 'no')")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .param("member", member)
                    .update();
        }
        Ballot ballot = get(id);
        audit.note(
                asked.by(),
                "ballot-opened",
                null,
                ballot.title() + "，" + ballot.way().word() + (ballot.secret() ? "，无记名" : "，记名") + "，"
                        + ballot.electors() + "家",
                ballot.clauses().toArray(String[]::new));
        return Outcome.done(ballot);
    }

    /** Takes an elector's vote, or its new one in place of the old. */
    public Outcome<Receipt> cast(long id, long member, Choice choice) {
        Row row = locked(id);
        Refusal against = closed(row);
        if (against == null
                && row.sitting() != null
                && !sittings.takingPart(row.sitting()).contains(member)) {
            against = new Refusal("会上表决由到会的成员参加；已到会的请先在签到处登记");
        }
        Optional<String> voted = voted(id, member);
        if (against == null && voted.isEmpty()) {
            against = new Refusal(row.cites(), "不在这次表决的名册上：名册在开始表决时确定", null);
        }
        if (against == null && voted.orElse("").equals("paper")) {
            against = new Refusal("已收到你单位的纸质表决票，不能再在线表决");
        }
        if (against != null) {
            return Outcome.refused(against);
        }
        String salt = row.openSalt(lockbox);
        if (row.secret()) {
            String place = place(salt, "vote", member);
            int there = jdbc.sql("update ballot_slip set choice = :choice where association_id = :association"
                            + " and ballot_id = :id and place = :place")
                    .param("choice", word(choice))
                    .param("association", Tenant.current())
                    .param("id", id)
                    .param("place", place)
                    .update();
            if (there == 0) {
                jdbc.sql("insert into ballot_slip (association_id, ballot_id, place, choice)"
                                + " values (:association, :id, :place, :choice)")
                        .param("association", Tenant.current())
                        .param("id", id)
                        .param("place", place)
                        .param("choice", word(choice))
                        .update();
            }
        }
        jdbc.sql("update ballot_elector set voted = 'online', choice = :choice where association_id = :association"
                        + " and ballot_id = :id and member_id = :member")
                .param("choice", row.secret() ? null : word(choice))
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", member)
                .update();
        String code = receipt(id, place(salt, "receipt", member));
        audit.note("member:" + member, "ballot-cast", member, row.title());
        return Outcome.done(new Receipt(code, voted.orElse("").equals("online")));
    }

    private String receipt(long id, String place) {
        String code = Ids.secret(RECEIPT)
                .toUpperCase(Locale.ROOT)
                .replace('O', 'Q')
                .replace('I', 'J')
                .replace('L', 'M');
        jdbc.sql("delete from ballot_receipt where association_id = :association and ballot_id = :id"
                        + " and place = :place")
                .param("association", Tenant.current())
                .param("id", id)
                .param("place", place)
                .update();
        jdbc.sql("insert into ballot_receipt (association_id, ballot_id, place, proof)"
                        + " values (:association, :id, :place, :proof)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("place", place)
                .param("proof", proof(id, code))
                .update();
        return code.substring(0, RECEIPT / 2) + "-" + code.substring(RECEIPT / 2);
    }

    /** Whether the vote with this receipt is among those that are or were counted. */
    @Transactional(readOnly = true)
    public boolean counts(long id, String code) {
        String plain = code.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        return jdbc.sql("select count(*) from ballot_receipt where association_id = :association"
                                + " and ballot_id = :id and proof = :proof")
                        .param("association", Tenant.current())
                        .param("id", id)
                        .param("proof", proof(id, plain))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /**
     * Notes that an elector's paper has come in.
     *
     * @param choice what it says; null in a secret ballot, where papers are counted together at the close
     */
    public Outcome<Ballot> paper(long id, long member, @Nullable Choice choice, String by) {
        Row row = locked(id);
        Refusal against = closed(row);
        Optional<String> voted = voted(id, member);
        if (against == null && row.sitting() != null) {
            against = new Refusal("会上的纸票在结束表决时一并清点");
        }
        if (against == null && voted.isEmpty()) {
            against = new Refusal(row.cites(), "不在这次表决的名册上：名册在开始表决时确定", null);
        }
        if (against == null && !voted.orElse("").equals("no")) {
            against = new Refusal(voted.orElse("").equals("paper") ? "这家的纸质表决票已经登记过" : "这家已在线表决，纸票不再计入");
        }
        if (against == null && row.secret() != (choice == null)) {
            against = new Refusal(row.secret() ? "无记名表决只登记收到，不登记内容" : "记名表决请登记票上写的是同意、反对还是弃权");
        }
        if (against != null) {
            return Outcome.refused(against);
        }
        jdbc.sql("update ballot_elector set voted = 'paper', choice = :choice where association_id = :association"
                        + " and ballot_id = :id and member_id = :member")
                .param("choice", choice == null ? null : word(choice))
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", member)
                .update();
        audit.note(by, "ballot-paper", member, row.title());
        return Outcome.done(get(id));
    }

    /**
     * Takes no more votes and counts.
     *
     * @param papers votes on paper: of a meeting, or of a secret ballot by mail
     */
    public Outcome<Ballot> close(long id, Papers papers, String by) {
        Row row = locked(id);
        Ballot ballot = get(id);
        if (!ballot.isOpen() && !ballot.isToCount()) {
            return Outcome.refused("这次表决已经结束，页面已过期，请刷新");
        }
        LocalDate last = ballot.closesOn();
        if (ballot.isOpen() && last != null && !clock.today().isAfter(last) && ballot.voted() < ballot.electors()) {
            return Outcome.refused("还有" + (ballot.electors() - ballot.voted()) + "家没有表决，截止日是"
                    + Days.said(last, clock.today()) + "，不能提前结束；确需作废请撤销");
        }
        BallotCount count = new BallotCount(cast(id, row.secret()), papers);
        // The roll was frozen at the opening: who sits there without a vote adds neither to those present nor to the
        // votes.
        Set<Long> there = row.sitting() == null ? Set.of() : sittings.takingPart(row.sitting());
        int present = row.sitting() == null
                ? count.all()
                : (int) electors(id).keySet().stream().filter(there::contains).count();
        Refusal fault = count.fault(
                row.sitting() == null ? null : Integer.valueOf(present), row.secret() ? ballot.papers() : 0);
        if (fault != null) {
            return Outcome.refused(fault);
        }
        jdbc.sql("update ballot set state = 'closed', salt = null, closed_on = :today, present = :present,"
                        + " in_favour = :for, against = :against where association_id = :association and id = :id")
                .param("today", clock.today())
                .param("present", present)
                .param("for", count.of(Choice.FOR))
                .param("against", count.of(Choice.AGAINST))
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        shuffle(id);
        audit.note(by, "ballot-closed", null, row.title() + "，投票" + count.all() + "，名册" + ballot.electors());
        return Outcome.done(get(id));
    }

    /** At the end of its last day: counts, or, where papers must be counted by hand, only takes no more votes. */
    public void stop(long id) {
        Ballot ballot = locked(id).isOpen() ? get(id) : null;
        LocalDate last = ballot == null ? null : ballot.closesOn();
        if (ballot == null || last == null || !clock.today().isAfter(last)) {
            return;
        }
        if (ballot.secret() && ballot.papers() > 0) {
            jdbc.sql("update ballot set state = 'closed', closed_on = :today where association_id = :association"
                            + " and id = :id")
                    .param("today", clock.today())
                    .param("association", Tenant.current())
                    .param("id", id)
                    .update();
            return;
        }
        close(id, Papers.NONE, "system");
    }

    /** Writes down what came of a ballot; its case may be voted on anew. Answers false if it was done before. */
    public boolean finish(long id, Result outcome, String says, String by) {
        Row row = locked(id);
        if (row.state() == State.DONE) {
            return false;
        }
        if (row.isOpen()) {
            shuffle(id);
        }
        jdbc.sql("update ballot set state = 'done', running = null, salt = null, outcome = :outcome, says = :says,"
                        + " closed_on = coalesce(closed_on, :today) where association_id = :association and id = :id")
                .param("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .param("says", says.length() > 600 ? says.substring(0, 600) : says)
                .param("today", clock.today())
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(by, "ballot-done", null, row.title() + "：" + outcome.word() + "，" + says);
        return true;
    }

    /** Gives every slip and receipt a place drawn by lot, so that neither voter nor order can be read from it any more. */
    private void shuffle(long id) {
        for (String table : List.of("ballot_slip choice", "ballot_receipt proof")) {
            String name = table.substring(0, table.indexOf(' '));
            String column = table.substring(table.indexOf(' ') + 1);
            List<String> values = jdbc.sql("select " + column + " from " + name
                            + " where association_id = :association and ballot_id = :id")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .query(String.class)
                    .list();
            jdbc.sql("delete from " + name + " where association_id = :association and ballot_id = :id")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .update();
            Map<String, String> drawn = new java.util.TreeMap<>();
            values.forEach(value -> drawn.put(Ids.secret(40), value));
            drawn.forEach((place, value) -> jdbc.sql("insert into " + name
                            + " (association_id, ballot_id, place, " + column
                            + ") values (:association, :id, :place, :value)")
                    .param("association", Tenant.current())
                    .param("id", id)
                    .param("place", place)
                    .param("value", value)
                    .update());
        }
    }

    private Map<Choice, Integer> cast(long id, boolean secret) {
        Map<Choice, Integer> count = new EnumMap<>(Choice.class);
        jdbc.sql("select choice, count(*) from " + (secret ? "ballot_slip" : "ballot_elector")
                        + " where association_id = :association and ballot_id = :id and choice is not null"
                        + " group by choice")
                .param("association", Tenant.current())
                .param("id", id)
                .query(row -> {
                    count.put(choice(row.getString(1)), row.getInt(2));
                });
        return count;
    }

    // ---- who asks

    @Transactional(readOnly = true)
    public Optional<Ballot> find(long id) {
        return jdbc.sql(COLUMNS + " and b.id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** Ballots that are not done, the oldest first. */
    @Transactional(readOnly = true)
    public List<Ballot> running() {
        return jdbc.sql(COLUMNS + " and b.state in ('open', 'closed') order by b.id")
                .param("association", Tenant.current())
                .query((row, n) -> view(row))
                .list();
    }

    /**
     * Ballots, the latest first.
     *
     * @param before key before which to go on; {@link Long#MAX_VALUE} for the start
     */
    @Transactional(readOnly = true)
    public List<Ballot> latest(long before, int limit) {
        return jdbc.sql(COLUMNS + " and b.id < :before order by b.id desc limit :limit")
                .param("association", Tenant.current())
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> view(row))
                .list();
    }

    /** Ballots about a case, the oldest first. */
    @Transactional(readOnly = true)
    public List<Ballot> about(long matter) {
        return jdbc.sql(COLUMNS + " and b.case_id = :matter order by b.id")
                .param("association", Tenant.current())
                .param("matter", matter)
                .query((row, n) -> view(row))
                .list();
    }

    /** Ballots in which a member is an elector, the latest first. */
    @Transactional(readOnly = true)
    public List<Ballot> of(long member, int limit) {
        return jdbc.sql(COLUMNS + " and exists (select 1 from ballot_elector m where m.association_id ="
                        + " b.association_id and m.ballot_id = b.id and m.member_id = :member)"
                        + " order by b.id desc limit :limit")
                .param("association", Tenant.current())
                .param("member", member)
                .param("limit", limit)
                .query((row, n) -> view(row))
                .list();
    }

    /** The step of a case has another number since the rulebook was amended: what runs about it goes on. */
    public void renumber(long matter, int before, int now) {
        jdbc.sql("update ballot set stage = :now where association_id = :association and case_id = :matter"
                        + " and stage = :before and state in ('open', 'closed')")
                .param("now", now)
                .param("association", Tenant.current())
                .param("matter", matter)
                .param("before", before)
                .update();
    }

    /** Whether an elector has voted; empty for who is none. */
    @Transactional(readOnly = true)
    public Optional<Boolean> hasVoted(long id, long member) {
        return voted(id, member).map(voted -> !voted.equals("no"));
    }

    /**
     * Electors with what is known of each: {@code no}, {@code online} or {@code paper}; after the end of an open ballot
     * also how it voted.
     */
    @Transactional(readOnly = true)
    public Map<Long, String> electors(long id) {
        boolean told =
                find(id).map(ballot -> ballot.isDone() && !ballot.secret()).orElse(false);
        Map<Long, String> electors = new LinkedHashMap<>();
        jdbc.sql("select member_id, voted, choice from ballot_elector where association_id = :association"
                        + " and ballot_id = :id order by member_id")
                .param("association", Tenant.current())
                .param("id", id)
                .query(row -> {
                    String choice = row.getString(3);
                    electors.put(
                            row.getLong(1),
                            told && choice != null ? choice(choice).word() : row.getString(2));
                });
        return electors;
    }

    /** Electors that have not voted, if nobody has reminded them yet; from then on somebody has. */
    public List<Long> toRemind(long id) {
        int first = jdbc.sql("update ballot set reminded = 1 where association_id = :association and id = :id"
                        + " and reminded = 0 and state = 'open'")
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        List<Long> silent = new ArrayList<>();
        if (first > 0) {
            electors(id).forEach((member, voted) -> {
                if (voted.equals("no")) {
                    silent.add(member);
                }
            });
        }
        return silent;
    }

    private Optional<String> voted(long id, long member) {
        return jdbc.sql("select voted from ballot_elector where association_id = :association and ballot_id = :id"
                        + " and member_id = :member")
                .param("association", Tenant.current())
                .param("id", id)
                .param("member", member)
                .query(String.class)
                .optional();
    }

    private @Nullable Refusal closed(Row row) {
        LocalDate last = row.closesOn();
        if (row.isOpen() && (last == null || !clock.today().isAfter(last))) {
            return null;
        }
        return new Refusal(
                "这次表决已经截止" + (last == null ? "" : "（截止日" + Days.said(last, clock.today()) + "）") + "，不能再投票或改票");
    }

    /** What the box itself must know of a ballot; its row is locked until the transaction ends. */
    private record Row(
            String title,
            boolean secret,
            @Nullable Long sitting,
            State state,
            @Nullable LocalDate closesOn,
            @Nullable String salt,
            List<String> cites) {

        boolean isOpen() {
            return state == State.OPEN;
        }

        String openSalt(Lockbox lockbox) {
            if (salt == null) {
                throw new IllegalStateException("An open ballot has a salt");
            }
            return lockbox.open(salt);
        }
    }

    private Row locked(long id) {
        return jdbc.sql("select title, secret, sitting_id, state, closes_on, salt, clauses from ballot"
                        + " where association_id = :association and id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> new Row(
                        row.getString("title"),
                        row.getBoolean("secret"),
                        row.getObject("sitting_id", Long.class),
                        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                        row.getObject("closes_on", LocalDate.class),
                        row.getString("salt"),
                        clauses(row.getString("clauses"))))
                .optional()
                .orElseThrow(() -> new IllegalArgumentException("No ballot " + id));
    }

    private Ballot get(long id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("No ballot " + id));
    }

    private static Ballot view(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        return new Ballot(
                row.getLong("id"),
                row.getLong("case_id"),
                row.getInt("stage"),
                row.getString("body"),
                row.getString("title"),
                Way.valueOf(row.getString("way").toUpperCase(Locale.ROOT)),
                row.getBoolean("secret"),
                row.getObject("sitting_id", Long.class),
                row.getString("special"),
                clauses(row.getString("clauses")),
                row.getObject("opened_on", LocalDate.class),
                row.getObject("closes_on", LocalDate.class),
                row.getInt("seats"),
                row.getInt("electors"),
                row.getInt("voted"),
                row.getInt("papers"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getObject("present", Integer.class),
                row.getObject("in_favour", Integer.class),
                row.getObject("against", Integer.class),
                row.getObject("closed_on", LocalDate.class),
                outcome == null ? null : Result.valueOf(outcome.toUpperCase(Locale.ROOT)),
                row.getString("says"));
    }

    private static List<String> clauses(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static String word(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT);
    }

    private static Choice choice(String code) {
        return Choice.valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Where a voter's slip or receipt lies; without the salt nobody can tell whose it is. */
    private static String place(String salt, String what, long member) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((what + "/" + member).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static String proof(long id, String code) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((id + "/" + code).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
