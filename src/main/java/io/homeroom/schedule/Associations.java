package io.homeroom.schedule;

import io.homeroom.ground.Tenant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The associations this server works for: the codes below {@code homeroom.associations}, in the order written there. */
public final class Associations {

    private static final Logger LOG = LoggerFactory.getLogger(Associations.class);

    private final List<String> codes;

    /** The given codes, in this order. */
    public Associations(List<String> codes) {
        this.codes = List.copyOf(codes);
    }

    public List<String> codes() {
        return codes;
    }

    public boolean has(String code) {
        return codes.contains(code);
    }

    /** Does the work in every association's tenant; what dies in one is logged and does not keep the others from it. */
    public void each(Runnable work) {
        for (String code : codes) {
            try {
                Tenant.run(code, work);
            } catch (RuntimeException e) {
                LOG.error("Work for {} failed", code, e);
            }
        }
    }
}
