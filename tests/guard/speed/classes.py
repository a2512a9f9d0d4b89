# SPDX-License-Identifier: Apache-2.0
"""A small operating system of tasks and packets: classes, methods, attributes."""


class Packet:
    def __init__(self, kind, data):
        self.kind = kind
        self.data = data
        self.next = None


class Task:
    def __init__(self, name, other):
        self.name = name
        self.other = other
        self.queue = None
        self.done = 0

    def put(self, packet):
        packet.next = self.queue
        self.queue = packet

    def take(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.next
        return packet

    def step(self):
        packet = self.take()
        if packet is None:
            return False
        self.done = self.done + self.work(packet)
        return True

    def work(self, packet):
        return 0


class Worker(Task):
    def work(self, packet):
        packet.data = packet.data * 3 % 257
        self.other.put(packet)
        return 1


class Device(Task):
    @property
    def is_busy(self):
        return self.done % 7 == 0

    def work(self, packet):
        if self.is_busy and packet.data < 20:
            return 2
        if packet.data % 31 != 5:
            self.other.put(packet)
        return 1


def main():
    total = 0
    for round_ in range(400):
        device = Device("device", None)
        worker = Worker("worker", device)
        device.other = worker
        for i in range(20):
            worker.put(Packet("work", i + round_))
        going = True
        steps = 0
        while going and steps < 300:
            first = worker.step()
            second = device.step()
            going = first or second
            steps = steps + 1
        total = total + worker.done + device.done
    return total
