package dev.horizon.engine.dispatch;

/** Where handlers leave what is to be raised in later ticks, or elsewhere. On the tick thread. */
public interface LaterEvents {
    /** Raises an event so many ticks from now. */
    void after(long ticks, Record event);

    /** Refuses all: of a bus that belongs to no tick loop. */
    LaterEvents NONE =
            new LaterEvents() {
                @Override
                public void after(long ticks, Record event) {
                    throw new UnsupportedOperationException("there is no later tick");
                }

                @Override
                public void start(RegisteredTask<?, ?> task, Record input) {
                    throw new UnsupportedOperationException("there is no later tick");
                }

                @Override
                public ServicePort services() {
                    throw new UnsupportedOperationException("there is no later tick");
                }
            };

    /** Starts slow work whose answer is raised in a later tick. */
    void start(RegisteredTask<?, ?> task, Record input);

    /** Where events for services go. */
    ServicePort services();
}
