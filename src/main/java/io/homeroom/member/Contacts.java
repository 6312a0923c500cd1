package io.homeroom.member;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Who speaks for a member. */
@Service
public class Contacts {
    public List<Contact> of(long member) {
        throw new UnsupportedOperationException();
    }

    public Optional<Contact> find(long contact) {
        throw new UnsupportedOperationException();
    }

    public Optional<Contact> toNotify(long member) {
        throw new UnsupportedOperationException();
    }

    public Contact put(long member, Role role, String name, String phone) {
        throw new UnsupportedOperationException();
    }

    public void remove(long contact) {
        throw new UnsupportedOperationException();
    }
}
