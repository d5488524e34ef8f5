-- transaction: none
ALTER TYPE user_status ADD VALUE IF NOT EXISTS 'suspended';
ALTER TYPE user_status ADD VALUE IF NOT EXISTS 'pending_verification';
