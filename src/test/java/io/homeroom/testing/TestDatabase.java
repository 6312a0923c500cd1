package io.homeroom.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty database for one test context, or for several servers that share it.
 *
 * @param url JDBC address; good for this JVM only with H2 in memory, for every process of this machine with MySQL
 * @param user account
 * @param password of the account, may be empty
 */
public record TestDatabase(String url, String user, String password) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** An empty database of the kind this run is about: H2 in memory, or MySQL when {@code homeroom.test.db=mysql}. */
    public static TestDatabase fresh() {
        return onMysql() ? mysql() : h2();
    }

    /** Whether this run is the one on the real server. */
    public static boolean onMysql() {
        return "mysql".equals(System.getProperty("homeroom.test.db"));
    }

    /** An empty H2 database in memory, kept until the JVM ends. */
    public static TestDatabase h2() {
        return new TestDatabase(
                "jdbc:h2:mem:test" + NUMBER.incrementAndGet()
                        + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000",
                "sa",
                "");
    }

    /** An empty schema on the real MySQL server, which starts when it is first asked for and stops with the JVM. */
    public static TestDatabase mysql() {
        return Mysqld.running().schema("homeroom_" + NUMBER.incrementAndGet());
    }

    /** The Spring Boot properties that lead there. */
    public Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.datasource.url", url);
        properties.put("spring.datasource.username", user);
        properties.put("spring.datasource.password", password);
        // Whoever shares the database shares the key that its personal data is sealed with.
        properties.put("homeroom.data-key", "dGVzdHMgc2hhcmUgdGhpcyBrZXksIG5vYm9keSBlbHM=");
        return properties;
    }

    /** The same as command line arguments of a server in a process of its own. */
    public String[] arguments() {
        return properties().entrySet().stream()
                .map(e -> "--" + e.getKey() + "=" + e.getValue())
                .toArray(String[]::new);
    }
}
