package io.homeroom.notice;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Kills the sender at a line that is drawn from a seed: just before or just after a transaction commits, or just before
 * or after a letter is handed to its channel. Also keeps the house's own sender asleep, so that only the one in the test's
 * hand sends.
 */
final class Guillotine implements BeanPostProcessor {

    /** Stands for kill -9: nothing after it is done. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final ThreadLocal<Boolean> awake = ThreadLocal.withInitial(() -> false);
    private Random chance = new Random(0);
    private int one = 1;
    private int left;

    /** From now on one line in so many is the last, so many times. */
    void arm(long seed, int inSoMany, int times) {
        chance = new Random(seed);
        one = inSoMany;
        left = times;
    }

    /** Does a sender's work on this thread; false if it was killed. */
    boolean survives(Runnable work) {
        awake.set(true);
        try {
            work.run();
            return true;
        } catch (Killed killed) {
            return false;
        } finally {
            awake.set(false);
        }
    }

    private void line() {
        if (awake.get() && left > 0 && chance.nextInt(one) == 0) {
            left--;
            throw new Killed();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof Courier courier) {
            return new Carrier(courier);
        }
        return bean instanceof DataSource source ? new Source(source) : bean;
    }

    private final class Carrier implements Courier {

        private final Courier courier;

        Carrier(Courier courier) {
            this.courier = courier;
        }

        @Override
        public boolean carries(Channel channel) {
            return awake.get() && courier.carries(channel);
        }

        @Override
        public java.time.Duration remembers(Letter letter) {
            return courier.remembers(letter);
        }

        @Override
        public java.util.Optional<Pace> pace(Channel channel) {
            return courier.pace(channel);
        }

        @Override
        public java.util.Optional<Quota> quota(Letter letter) {
            return courier.quota(letter);
        }

        @Override
        public boolean knowsByWords(Letter letter) {
            return courier.knowsByWords(letter);
        }

        @Override
        public Sent send(Letter letter) {
            line();
            Sent sent = courier.send(letter);
            line();
            return sent;
        }
    }

    private final class Source extends DelegatingDataSource {

        Source(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Guillotine.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        boolean commits = method.getName().equals("commit");
                        if (commits) {
                            line();
                        }
                        try {
                            Object result = method.invoke(connection, arguments);
                            if (commits) {
                                line();
                            }
                            return result;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
