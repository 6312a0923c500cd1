package io.homeroom.chat;

import io.homeroom.ground.Days;
import io.homeroom.member.Entry;
import io.homeroom.member.EntryKind;
import io.homeroom.member.Member;
import io.homeroom.member.Roster;
import io.homeroom.member.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reasons as the member's ledger has them: the entry that brought it where it stands. */
@Component
class LedgerReasons implements Reasons {

    private final Roster roster;

    LedgerReasons(Roster roster) {
        this.roster = roster;
    }

    @Override
    public Explained of(long member, LocalDate day) {
        Member now = roster.get(member);
        List<Reason> reasons = new ArrayList<>();
        if (now.standing() == Standing.SUSPENDED) {
            last(member, EntryKind.SUSPENDED, "会员权利暂停", reasons);
        } else if (now.standing() == Standing.ENDED) {
            last(member, EntryKind.ENDED, "会籍终止", reasons);
        }
        now.sanctions().stream()
                .filter(sanction -> sanction.on(day))
                .forEach(sanction -> last(member, EntryKind.SANCTIONED, sanction.name() + "生效中", reasons));
        return new Explained(reasons, List.of());
    }

    private void last(long member, EntryKind kind, String says, List<Reason> reasons) {
        Entry found = null;
        for (Entry entry : roster.history(member)) {
            if (entry.kind() == kind) {
                found = entry;
            }
        }
        if (found != null) {
            reasons.add(new Reason(
                    kind.code(),
                    says + "，自" + Days.dated(found.on()) + "起，由" + found.by() + "决定",
                    found.clause().isEmpty() ? List.of() : List.of(found.clause())));
        }
    }
}
