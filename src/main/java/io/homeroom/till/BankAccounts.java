package io.homeroom.till;

import io.homeroom.ground.Tenant;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where remittances go, as set below {@code homeroom.associations.{code}.transfer}. */
@Component
public class BankAccounts {

    private final Environment environment;

    BankAccounts(Environment environment) {
        this.environment = environment;
    }

    /**
     * An account at a bank.
     *
     * @param name its holder
     * @param number its number
     * @param bank the bank with its branch
     */
    public record BankAccount(String name, String number, String bank) {}

    /** The current association's account; empty where none is set. */
    public Optional<BankAccount> current() {
        String prefix = "homeroom.associations." + Tenant.current() + ".transfer.";
        String number = environment.getProperty(prefix + "account-number", "");
        if (number.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new BankAccount(
                environment.getProperty(prefix + "account-name", ""),
                number,
                environment.getProperty(prefix + "bank", "")));
    }
}
