package bare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server's libraries and starters with nothing of ours: what starting costs anyhow. */
@SpringBootApplication
public class Bare {

    /**
     * Starts it.
     *
     * @param args settings
     */
    public static void main(String[] args) {
        SpringApplication.run(Bare.class, args);
    }
}
