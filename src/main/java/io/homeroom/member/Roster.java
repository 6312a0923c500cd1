package io.homeroom.member;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Who belongs. */
@Service
public class Roster {
    public Member enter(NewMember newcomer) {
        throw new UnsupportedOperationException();
    }

    public List<Member> enterAll(List<NewMember> newcomers) {
        throw new UnsupportedOperationException();
    }

    public Optional<Member> find(long id) {
        throw new UnsupportedOperationException();
    }

    public Map<Long, Member> findAll(Collection<Long> ids) {
        throw new UnsupportedOperationException();
    }

    public Member get(long id) {
        throw new UnsupportedOperationException();
    }

    public Page<Member> search(Search search) {
        throw new UnsupportedOperationException();
    }

    public Optional<Member> byUscc(String code) {
        throw new UnsupportedOperationException();
    }

    public List<Member> employees(long employer) {
        throw new UnsupportedOperationException();
    }

    public void identify(long id, String uscc) {
        throw new UnsupportedOperationException();
    }

    public void record(long member, Entry... entries) {
        throw new UnsupportedOperationException();
    }

    public List<Entry> history(long member) {
        throw new UnsupportedOperationException();
    }

    public Member asOf(long member, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    public void annul(long caseId, LocalDate day) {
        throw new UnsupportedOperationException();
    }

    public List<Long> due(LocalDate day, long afterId, int limit) {
        throw new UnsupportedOperationException();
    }

    public void reviewed(long member, @Nullable LocalDate next) {
        throw new UnsupportedOperationException();
    }

    public void touch(long member) {
        throw new UnsupportedOperationException();
    }

    public void touchAll(Collection<Long> members) {
        throw new UnsupportedOperationException();
    }

    public Optional<LocalDate> nextReview() {
        throw new UnsupportedOperationException();
    }

    public int count(String grade) {
        throw new UnsupportedOperationException();
    }

    public int countPost(String post) {
        throw new UnsupportedOperationException();
    }

    public List<Member> holders(String post) {
        throw new UnsupportedOperationException();
    }
}
