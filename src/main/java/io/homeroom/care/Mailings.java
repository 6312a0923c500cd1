package io.homeroom.care;

import io.homeroom.casework.Scan;
import io.homeroom.desk.Audit;
import io.homeroom.desk.Task;
import io.homeroom.desk.TaskSearch;
import io.homeroom.desk.Tasks;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Ids;
import io.homeroom.ground.Lockbox;
import io.homeroom.ground.Outcome;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Contact;
import io.homeroom.member.Contacts;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.rulebook.Fees;
import io.homeroom.rulebook.Lawbook;
import io.homeroom.schedule.BusinessClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What goes out by post: journals, receipts, certificates, letters. A parcel counts as sent only with a photo of it (WHJX
 * asks for one; elsewhere it is the proof), a letter also needs the carrier's number; then its task is done, and the
 * member's contact hears of it with a link to the photo.
 */
@Service
@Transactional
public class Mailings {

    /** Kinds of mailings; those that {@link #ASKED} names by the task that asks for them. */
    public static final Map<String, String> KINDS = Map.of(
            "journal",
            "会刊",
            "receipt",
            "票据",
            "invoice",
            "发票",
            "certificate",
            "证书",
            "plaque",
            "牌匾",
            "letter",
            "书面函件",
            "other",
            "其他");

    /** Kinds that tasks ask for. */
    public static final List<String> ASKED = List.of("letter", "receipt", "certificate", "plaque");

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PHOTO = "照片";
    private static final String SHOWN =
            "select p.id, p.mailing_id, m.what, m.title, p.member_id, p.task_id, p.recipient, p.tracking, p.picture_id,"
                    + " p.sent_on, p.by_hand from parcel p join mailing m on m.association_id = p.association_id"
                    + " and m.id = p.mailing_id where p.association_id = :association";

    private final JdbcClient jdbc;
    private final Lockbox lockbox;
    private final Pictures pictures;
    private final Roster roster;
    private final Contacts contacts;
    private final Tasks tasks;
    private final Audit audit;
    private final Lawbook law;
    private final BusinessClock clock;
    private final ApplicationEventPublisher events;
    private final String base;

    Mailings(
            JdbcClient jdbc,
            Lockbox lockbox,
            Pictures pictures,
            Roster roster,
            Contacts contacts,
            Tasks tasks,
            Audit audit,
            Lawbook law,
            BusinessClock clock,
            ApplicationEventPublisher events,
            @Value("${homeroom.public-base-url:http://localhost:8080}") String base) {
        this.jdbc = jdbc;
        this.lockbox = lockbox;
        this.pictures = pictures;
        this.roster = roster;
        this.contacts = contacts;
        this.tasks = tasks;
        this.audit = audit;
        this.law = law;
        this.clock = clock;
        this.events = events;
        this.base = base;
    }

    /** A mailing with its name and how far it is. */
    public record Mailing(long id, String what, String title, LocalDate madeOn, int parcels, int sent) {}

    /** Unfinished tasks that something be mailed, and are in no mailing yet. */
    @Transactional(readOnly = true)
    public List<Task> asked(String what) {
        List<Long> taken = jdbc.sql(
                        "select task_id from parcel where association_id = :association and task_id is not null and"
                                + " sent_on is null")
                .param("association", Tenant.current())
                .query(Long.class)
                .list();
        return tasks.search(TaskSearch.unfinished().what(what).page(0, 500)).stream()
                .filter(task -> task.memberId() != null && !taken.contains(task.id()))
                .toList();
    }

    /**
     * Makes a mailing to those whose tasks ask for it.
     *
     * @param what one of {@link #ASKED}
     */
    public Outcome<Long> prepare(String what, String title, String by) {
        List<Task> asked = asked(what);
        if (asked.isEmpty()) {
            return Outcome.refused("现在没有等着寄的" + KINDS.getOrDefault(what, "东西"));
        }
        long mailing = make(what, title, by);
        for (Task task : asked) {
            Long member = task.memberId();
            if (member != null) {
                add(mailing, member, task.id());
            }
        }
        return Outcome.done(mailing);
    }

    /** Makes a mailing of the one thing that a task asks for, or answers the parcel that waits for it already. */
    public Outcome<Long> prepare(Task task, String by) {
        Long member = task.memberId();
        if (member == null || task.state() != Task.State.OPEN || !ASKED.contains(task.what())) {
            return Outcome.refused("这件不用寄，或者已经寄出了");
        }
        Optional<Long> there = waitingFor(task.id());
        if (there.isEmpty()) {
            add(make(task.what(), "", by), member, task.id());
        }
        return there.or(() -> waitingFor(task.id())).map(Outcome::done).orElseThrow();
    }

    /** The parcel that is prepared for a task and not sent yet. */
    @Transactional(readOnly = true)
    public Optional<Long> waitingFor(long task) {
        return jdbc.sql("select min(id) from parcel where association_id = :association and task_id = :task and"
                        + " sent_on is null having min(id) is not null")
                .param("association", Tenant.current())
                .param("task", task)
                .query(Long.class)
                .optional();
    }

    /** Makes a mailing to members. */
    public Outcome<Long> prepare(String what, String title, Collection<Long> members, String by) {
        if (members.isEmpty()) {
            return Outcome.refused("没有收件的会员");
        }
        long mailing = make(what, title, by);
        members.stream().distinct().forEach(member -> add(mailing, member, null));
        return Outcome.done(mailing);
    }

    private long make(String what, String title, String by) {
        if (!KINDS.containsKey(what)) {
            throw new IllegalArgumentException("No kind of mailing: " + what);
        }
        long id = Ids.next();
        String name = title.isBlank() ? KINDS.get(what) + " " + clock.today() : title.strip();
        jdbc.sql("insert into mailing (association_id, id, what, title, made_on, made_by)"
                        + " values (:association, :id, :what, :title, :day, :by)")
                .param("association", Tenant.current())
                .param("id", id)
                .param("what", what)
                .param("title", name.length() > 120 ? name.substring(0, 120) : name)
                .param("day", clock.today())
                .param("by", by)
                .update();
        audit.note(by, "mailing-made", null, "准备寄送：" + name);
        return id;
    }

    private void add(long mailing, long memberId, @Nullable Long task) {
        Long there = jdbc.sql("select count(*) from parcel where association_id = :association"
                        + " and mailing_id = :mailing and member_id = :member")
                .param("association", Tenant.current())
                .param("mailing", mailing)
                .param("member", memberId)
                .query(Long.class)
                .single();
        if (there > 0) {
            return;
        }
        jdbc.sql("insert into parcel (association_id, id, mailing_id, member_id, task_id, recipient, tracking)"
                        + " values (:association, :id, :mailing, :member, :task, :recipient, '')")
                .param("association", Tenant.current())
                .param("id", Ids.next())
                .param("mailing", mailing)
                .param("member", memberId)
                .param("task", task, java.sql.Types.BIGINT)
                .param("recipient", sealed(recipient(memberId)))
                .update();
    }

    private Parcel.Recipient recipient(long memberId) {
        return recipient(roster.get(memberId), contacts.of(memberId));
    }

    private static Parcel.Recipient recipient(Member member, List<Contact> people) {
        Optional<Contact> contact = people.stream().findFirst();
        return new Parcel.Recipient(
                member.name(),
                contact.map(Contact::name).orElse(""),
                contact.map(Contact::phone).orElse(""),
                member.data().getOrDefault("address", ""));
    }

    /**
     * What is not sent goes to the last address that the member has told by now (WHJX-10-1), or to the one that somebody
     * wrote on it; what was sent keeps the one it went to.
     */
    private List<Parcel> addressed(List<Kept> kept) {
        List<Long> members = kept.stream()
                .filter(one -> !one.parcel().isSent())
                .map(one -> one.parcel().memberId())
                .distinct()
                .toList();
        Map<Long, Member> known = roster.findAll(members);
        Map<Long, List<Contact>> people = contacts.ofAll(members);
        return kept.stream()
                .map(one -> {
                    Member member = known.get(one.parcel().memberId());
                    if (one.parcel().isSent() || member == null) {
                        return one.parcel();
                    }
                    Parcel.Recipient now = recipient(member, people.getOrDefault(member.id(), List.of()));
                    return one.parcel()
                            .to(
                                    one.byHand()
                                            ? new Parcel.Recipient(
                                                    now.unit(),
                                                    now.person(),
                                                    now.phone(),
                                                    one.parcel().to().address())
                                            : now);
                })
                .toList();
    }

    /** A parcel as it is kept, and whether somebody wrote its address. */
    private record Kept(Parcel parcel, boolean byHand) {}

    /** Takes the photo for one parcel or more: what lies on one table is photographed once. */
    public Outcome<Long> photograph(Collection<Long> parcels, byte[] upload, String by) {
        if (parcels.isEmpty()) {
            return Outcome.refused("请先勾选照片里的收件单位");
        }
        Outcome<Scan> scan = Pictures.look(upload);
        if (scan instanceof Outcome.Refused<Scan> refused) {
            return Outcome.refused(refused.refusal());
        }
        long picture = pictures.keep(scan.get(), null);
        for (long id : parcels) {
            Parcel parcel = locked(id);
            if (parcel.isSent()) {
                return Outcome.refused(parcel.to().unit() + "的已经寄出，不能再换照片");
            }
            jdbc.sql("update parcel set picture_id = :picture where association_id = :association and id = :id")
                    .param("picture", picture)
                    .param("association", Tenant.current())
                    .param("id", id)
                    .update();
        }
        audit.note(by, "parcel-photo", null, "寄送拍照：" + parcels.size() + "件");
        return Outcome.done(picture);
    }

    /** Notes the address written on a parcel that lacks one, or a better one. */
    public Outcome<Parcel> address(long id, String address, String by) {
        Parcel parcel = locked(id);
        if (parcel.isSent()) {
            return Outcome.refused("已经寄出，不能再改地址");
        }
        Parcel.Recipient to = parcel.to();
        // Nothing written in its place: the member's own address holds again.
        boolean byHand = !address.isBlank();
        jdbc.sql("update parcel set recipient = :recipient, by_hand = :hand where association_id = :association"
                        + " and id = :id")
                .param("hand", byHand)
                .param("recipient", sealed(new Parcel.Recipient(to.unit(), to.person(), to.phone(), address.strip())))
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(by, "parcel-address", parcel.memberId(), "改寄送地址");
        return Outcome.done(find(id).orElseThrow());
    }

    /** Sends a parcel off: its task is done with the photo, and the contact is told to look out for it. */
    public Outcome<Parcel> send(long id, String tracking, String by) {
        Parcel parcel = locked(id);
        String number = tracking.strip();
        if (parcel.isSent()) {
            return Outcome.refused("已经寄出了");
        }
        Fees fees = law.of(clock.today()).fees();
        List<String> clauses = fees == null || fees.receipt() == null
                ? List.of()
                : fees.receipt().cite();
        if (parcel.pictureId() == null) {
            return Outcome.refused(new io.homeroom.ground.Refusal(clauses, "寄出前须先拍照：没有照片不能登记寄出", null));
        }
        if (parcel.to().address().isEmpty()) {
            return Outcome.refused("没有收件地址，请先补上");
        }
        if (!number.isEmpty() && !number.matches("[A-Za-z0-9-]{6,40}")) {
            return Outcome.refused("快递单号是6到40位字母和数字，请核对");
        }
        if (parcel.what().equals("letter") && number.isEmpty()) {
            return Outcome.refused("书面函件须有邮寄单号作为凭证，请填写");
        }
        Optional<Task> task = Optional.ofNullable(parcel.taskId())
                .flatMap(tasks::find)
                .filter(found -> found.state() == Task.State.OPEN);
        if (task.isPresent()) {
            List<String> proof = new ArrayList<>(List.of(PHOTO));
            Arrays.stream(task.get().data().getOrDefault("documents", "").split(" "))
                    .filter(word -> !word.isEmpty() && !word.equals(PHOTO))
                    .forEach(proof::add);
            Outcome<Task> done = tasks.done(task.get().id(), proof, by);
            if (done instanceof Outcome.Refused<Task> refused) {
                return Outcome.refused(refused.refusal());
            }
        }
        LocalDate today = clock.today();
        jdbc.sql("update parcel set sent_on = :day, sent_by = :by, tracking = :tracking, recipient = :recipient"
                        + " where association_id = :association and id = :id")
                .param("day", today)
                .param("by", by)
                .param("tracking", number)
                .param("recipient", sealed(parcel.to()))
                .param("association", Tenant.current())
                .param("id", id)
                .update();
        audit.note(
                by, "parcel-sent", parcel.memberId(), "寄出：" + parcel.title() + (number.isEmpty() ? "" : " " + number));
        String url = base + "/m/" + Tenant.current() + "/parcels/" + id;
        events.publishEvent(Tell.of(
                        "member",
                        parcel.memberId(),
                        "mailing",
                        KINDS.get(parcel.what()) + "《" + parcel.title() + "》今天寄出"
                                + (number.isEmpty() ? "" : "，单号 " + number) + "，请注意查收。照片：" + url)
                .cites(clauses)
                .with(Map.of("url", url))
                .once("parcel:" + id));
        return Outcome.done(find(id).orElseThrow());
    }

    @Transactional(readOnly = true)
    public Optional<Parcel> find(long id) {
        return jdbc.sql(SHOWN + " and p.id = :id")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional()
                .map(kept -> addressed(List.of(kept)).get(0));
    }

    private Parcel locked(long id) {
        return jdbc.sql(SHOWN + " and p.id = :id for update")
                .param("association", Tenant.current())
                .param("id", id)
                .query((row, n) -> shown(row))
                .optional()
                .map(kept -> addressed(List.of(kept)).get(0))
                .orElseThrow(() -> new IllegalArgumentException("No parcel " + id));
    }

    /** The parcels of a mailing. */
    @Transactional(readOnly = true)
    public List<Parcel> parcels(long mailing) {
        return addressed(jdbc.sql(SHOWN + " and p.mailing_id = :mailing order by p.id")
                .param("association", Tenant.current())
                .param("mailing", mailing)
                .query((row, n) -> shown(row))
                .list());
    }

    /** Parcels that are prepared and not yet sent, oldest first. */
    @Transactional(readOnly = true)
    public List<Parcel> waiting() {
        return addressed(jdbc.sql(SHOWN + " and p.sent_on is null order by p.id limit 500")
                .param("association", Tenant.current())
                .query((row, n) -> shown(row))
                .list());
    }

    /** Mailings, newest first. */
    @Transactional(readOnly = true)
    public List<Mailing> recent(int limit) {
        return jdbc.sql("select m.id, m.what, m.title, m.made_on, count(p.id) as parcels, count(p.sent_on) as sent"
                        + " from mailing m left join parcel p on p.association_id = m.association_id"
                        + " and p.mailing_id = m.id where m.association_id = :association"
                        + " group by m.id, m.what, m.title, m.made_on order by m.id desc limit :limit")
                .param("association", Tenant.current())
                .param("limit", limit)
                .query((row, n) -> new Mailing(
                        row.getLong("id"),
                        row.getString("what"),
                        row.getString("title"),
                        row.getObject("made_on", LocalDate.class),
                        row.getInt("parcels"),
                        row.getInt("sent")))
                .list();
    }

    private String sealed(Parcel.Recipient to) {
        return lockbox.seal(JSON.writeValueAsString(to));
    }

    private Kept shown(ResultSet row) throws SQLException {
        long task = row.getLong("task_id");
        Long taskId = row.wasNull() ? null : task;
        long picture = row.getLong("picture_id");
        Long pictureId = row.wasNull() ? null : picture;
        Parcel parcel = new Parcel(
                row.getLong("id"),
                row.getLong("mailing_id"),
                row.getString("what"),
                row.getString("title"),
                row.getLong("member_id"),
                taskId,
                JSON.readValue(lockbox.open(row.getString("recipient")), Parcel.Recipient.class),
                row.getString("tracking"),
                pictureId,
                row.getObject("sent_on", LocalDate.class));
        return new Kept(parcel, row.getBoolean("by_hand"));
    }
}
