package io.homeroom.member;

import io.homeroom.ground.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Ties between WeChat users and the members they speak for. */
@Service
public class Bindings {
    public Invitation invite(long member, @Nullable Long contactId, Duration validFor, String by) {
        throw new UnsupportedOperationException();
    }

    public Outcome<Contact> bind(String scene, String openid) {
        throw new UnsupportedOperationException();
    }

    public void unbind(String openid, long member) {
        throw new UnsupportedOperationException();
    }

    public List<Bound> of(String openid) {
        throw new UnsupportedOperationException();
    }

    public void choose(String openid, long member) {
        throw new UnsupportedOperationException();
    }

    public Optional<Bound> current(String openid) {
        throw new UnsupportedOperationException();
    }
}
