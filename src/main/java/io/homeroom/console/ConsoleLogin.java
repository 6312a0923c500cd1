package io.homeroom.console;

import io.homeroom.desk.Doorkeeper;
import io.homeroom.desk.Staff;
import io.homeroom.ground.Tenant;
import io.homeroom.schedule.Associations;
import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Signs a person in to every association whose account of that name has that password. What the account may do is
 * looked up with each request, so that a change of roles or a leaver is noticed at once.
 */
@Component
class ConsoleLogin implements AuthenticationProvider {

    private static final String AT = "AT_";

    private final Doorkeeper doorkeeper;
    private final Staff staff;
    private final Associations associations;

    ConsoleLogin(Doorkeeper doorkeeper, Staff staff, Associations associations) {
        this.doorkeeper = doorkeeper;
        this.staff = staff;
        this.associations = associations;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String name = attempt.getName().strip();
        String password = String.valueOf(attempt.getCredentials());
        List<GrantedAuthority> places = new ArrayList<>();
        Doorkeeper.Verdict verdict = doorkeeper.ask(name, address(attempt), () -> {
            for (String code : associations.codes()) {
                Tenant.in(code, () -> staff.verify(name, password))
                        .ifPresent(account -> places.add(new SimpleGrantedAuthority(AT + code)));
            }
            return !places.isEmpty();
        });
        return switch (verdict) {
            case RIGHT -> {
                UsernamePasswordAuthenticationToken token =
                        UsernamePasswordAuthenticationToken.authenticated(name, null, places);
                token.setDetails(attempt.getDetails());
                yield token;
            }
            case WRONG -> throw new BadCredentialsException("Wrong name or password");
            case LATER -> throw new LockedException("Too many failures");
        };
    }

    @Override
    public boolean supports(Class<?> type) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
    }

    /** Whether this person signed in to that association. */
    static boolean knows(Authentication person, String code) {
        return person.getAuthorities().stream().anyMatch(place -> (AT + code).equals(place.getAuthority()));
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
    }
}
