package io.homeroom.notice;

import io.homeroom.desk.NewStaff;
import io.homeroom.desk.Staff;
import io.homeroom.desk.StaffMember;
import io.homeroom.desk.Tell;
import io.homeroom.ground.Tenant;
import io.homeroom.member.Bindings;
import io.homeroom.member.Contacts;
import io.homeroom.member.Kind;
import io.homeroom.member.NewMember;
import io.homeroom.member.Role;
import io.homeroom.member.Roster;
import io.homeroom.schedule.BusinessClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People who can be written to, a postman in the test's hand, and a wire's time that stands until it is moved. Imported by
 * name and bears no stereotype, so that nobody else scans it.
 */
class Correspondence {

    static final String WHJX = "whjx";

    /** Named by tests as the maker of their {@code wireClock}. */
    static Clock newWire() {
        return new Wire();
    }

    @Bean
    Postman postman() {
        return new Postman();
    }

    @Bean
    People people(
            Roster roster,
            Contacts contacts,
            Bindings bindings,
            Staff staff,
            ApplicationEventPublisher events,
            TransactionTemplate transaction) {
        return new People(roster, contacts, bindings, staff, events, transaction);
    }

    /** Puts both clocks to a moment in Shanghai and leaves them there. */
    static void set(BusinessClock clock, Wire wire, String moment) {
        LocalDateTime at = LocalDateTime.parse(moment);
        wire.now = at.atZone(BusinessClock.ZONE).toInstant();
        clock.restart(at);
    }

    static <T> T whjx(Supplier<T> work) {
        return Tenant.in(WHJX, work);
    }

    /** The wire's time. Business time goes with it. */
    static final class Wire extends Clock {

        private volatile Instant now = Instant.parse("2026-03-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /**
     * Carries letters as the test says. While it is closed the outbox sleeps, so that nothing is sent behind the test's
     * back by the thread that a commit wakes.
     */
    static final class Postman implements Courier {

        /** What reached each address, by the notice's dedupe id; more than one entry for an id is a double. */
        final Map<String, List<String>> arrived = new LinkedHashMap<>();

        final List<Letter> tried = new ArrayList<>();
        private boolean open;
        private boolean deduplicates;

        /** How long the channel knows a letter again, and how many it takes in a while. */
        Duration memory = Duration.ofDays(365);

        @Nullable
        Pace pace;

        /** How many letters it takes a day, and whether it knows a letter again by its words alone. */
        @Nullable
        Quota quota;

        boolean byWords;

        private BiFunction<Letter, Postman, Sent> way = (letter, postman) -> postman.deliver(letter);

        @Override
        public boolean carries(Channel channel) {
            return open;
        }

        @Override
        public Duration remembers(Letter letter) {
            return deduplicates ? memory : Duration.ZERO;
        }

        @Override
        public Optional<Pace> pace(Channel channel) {
            return Optional.ofNullable(pace);
        }

        @Override
        public Optional<Quota> quota(Letter letter) {
            return Optional.ofNullable(quota);
        }

        @Override
        public boolean knowsByWords(Letter letter) {
            return byWords;
        }

        @Override
        public Sent send(Letter letter) {
            tried.add(letter);
            return way.apply(letter, this);
        }

        Sent deliver(Letter letter) {
            arrive(letter);
            return new Sent.Delivered();
        }

        void arrive(Letter letter) {
            String known = byWords ? letter.address() + letter.text() + letter.nth() : letter.dedupeId();
            List<String> copies = arrived.computeIfAbsent(known, id -> new ArrayList<>());
            if (copies.isEmpty() || !deduplicates) {
                copies.add(letter.text());
            }
        }

        List<String> texts() {
            return arrived.values().stream().flatMap(List::stream).toList();
        }

        void reset(boolean withDedupe, BiFunction<Letter, Postman, Sent> how) {
            arrived.clear();
            tried.clear();
            deduplicates = withDedupe;
            memory = Duration.ofDays(365);
            pace = null;
            quota = null;
            byWords = false;
            way = how;
            open = false;
        }

        /** Lets the outbox of the association tick once. */
        void round(Outbox outbox) {
            open = true;
            try {
                Tenant.run(WHJX, outbox::tick);
            } finally {
                open = false;
            }
        }
    }

    /** Makes members and colleagues, and says what they must be told. */
    static final class People {

        private final Roster roster;
        private final Contacts contacts;
        private final Bindings bindings;
        private final Staff staff;
        private final ApplicationEventPublisher events;
        private final TransactionTemplate transaction;
        private int number;

        People(
                Roster roster,
                Contacts contacts,
                Bindings bindings,
                Staff staff,
                ApplicationEventPublisher events,
                TransactionTemplate transaction) {
            this.roster = roster;
            this.contacts = contacts;
            this.bindings = bindings;
            this.staff = staff;
            this.events = events;
            this.transaction = transaction;
        }

        StaffMember teacher(String name) {
            number++;
            return whjx(() -> staff.add(
                            NewStaff.teacher("teacher" + number, name, "wx" + number, "1361234" + (1000 + number)),
                            "test")
                    .get());
        }

        long member(String name, @Nullable Long teacher) {
            return whjx(() -> roster.enter(NewMember.draft(name, Kind.UNIT, "会员")
                            .joined(LocalDate.parse("2020-03-01"))
                            .teacher(teacher)
                            .contact(Role.LIAISON, "联络员", "13600000000")
                            .done())
                    .id());
        }

        String bound(long member) {
            return whjx(() -> {
                long contact = contacts.toNotify(member).orElseThrow().id();
                String scene = bindings.invite(member, contact, Duration.ofDays(7), "test")
                        .scene();
                String openid = "o" + member;
                bindings.bind(scene, openid).get();
                return openid;
            });
        }

        void tell(Tell tell) {
            whjx(() -> transaction.execute(status -> {
                events.publishEvent(tell);
                return true;
            }));
        }
    }
}
